import { StringKind, type FunctionMessage, type Function_Parameter } from '../gen/tfplugin6.ts'
import { log } from '../server/log.ts'
import { decodeMsgpack } from '../values/msgpack-reader.ts'
import { encodeMsgpack } from '../values/msgpack-writer.ts'
import type { Value } from '../values/value.ts'
import type { Attribute } from './attributes.ts'
import { TerraformError } from './diagnostics.ts'
import type { AnyFunction } from './provider.ts'
import { attributeType } from './schema.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'

/** Answers the calls that concern functions. */
export function functionService(session: Session): Pick<Service, 'getFunctions' | 'callFunction'> {
  const functions = session.provider.functions ?? []
  const byName = new Map(functions.map((each) => [each.name, each]))
  return {
    async getFunctions() {
      return { functions: functionMessages(functions), diagnostics: [] }
    },

    async callFunction(request) {
      const called = byName.get(request.name)
      if (!called) throw new Error(`no function ${request.name}`)
      const parameters = Object.entries(called.parameters as Record<string, Attribute>)
      try {
        const values = request.arguments.map(({ msgpack }, index) => {
          const attribute = parameters[index]?.[1] ?? (called.rest as Attribute)
          return decodeMsgpack(msgpack, attributeType(attribute))
        })
        const given = Object.fromEntries(
          parameters.map(([name], index) => [name, values[index] ?? null]),
        )
        const result = called.call(given as never, values.slice(parameters.length) as never)
        const msgpack = encodeMsgpack(result as Value, attributeType(called.returns as Attribute))
        return { result: { msgpack, json: new Uint8Array() }, error: undefined }
      } catch (error) {
        return { result: undefined, error: functionError(error, Object.keys(called.parameters)) }
      }
    },
  }
}

/** The functions as Terraform wants them told. */
export const functionMessages = (
  functions: readonly AnyFunction[],
): Record<string, FunctionMessage> =>
  Object.fromEntries(functions.map((each) => [each.name, functionMessage(each)]))

function functionMessage(definition: AnyFunction): FunctionMessage {
  const { summary, description, rest } = definition
  const parameters = Object.entries(definition.parameters as Record<string, Attribute>)
  return {
    parameters: parameters.map(parameterMessage),
    variadicParameter: rest ? parameterMessage(['rest', rest as Attribute]) : undefined,
    return: { type: typeBytes(definition.returns as Attribute) },
    summary,
    description,
    descriptionKind: StringKind.MARKDOWN,
  }
}

const parameterMessage = ([name, attribute]: [string, Attribute]): Function_Parameter => ({
  name,
  type: typeBytes(attribute),
  allowNullValue: attribute.presence === 'optional',
  // Terraform then answers unknown by itself.
  allowUnknownValues: false,
  description: attribute.description,
  descriptionKind: StringKind.MARKDOWN,
})

const typeBytes = (attribute: Attribute) => Buffer.from(JSON.stringify(attributeType(attribute)))

/** Only a `TerraformError` is quoted: another's text may hold an argument. */
function functionError(error: unknown, parameters: readonly string[]) {
  if (!(error instanceof TerraformError)) {
    log('debug', 'a function failed', { error })
    return {
      text: 'The function failed, and did not expect this error.',
      functionArgument: undefined,
    }
  }
  const [problem] = error.problems
  const index = parameters.indexOf(String(problem?.path?.[0]))
  return {
    text: [problem?.summary, problem?.detail].filter(Boolean).join(' '),
    functionArgument: index < 0 ? undefined : index,
  }
}
