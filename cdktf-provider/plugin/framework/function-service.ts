import { StringKind, type FunctionMessage, type Function_Parameter } from '../gen/tfplugin6.ts'
import { log } from '../server/log.ts'
import { encodeMsgpack } from '../values/msgpack-writer.ts'
import type { ObjectValue, Value } from '../values/value.ts'
import type { Attribute, Attributes } from './attributes.ts'
import { checkConfig } from './check-config.ts'
import { TerraformError, type Path, type Problem } from './diagnostics.ts'
import type { AnyFunction } from './provider.ts'
import { attributeType } from './schema.ts'
import type { Service } from './service.ts'
import type { Session } from './session.ts'
import { decodeValue } from './wire-values.ts'

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
        const values = request.arguments.map((argument, index) => {
          const attribute = parameters[index]?.[1] ?? (called.rest as Attribute)
          return decodeValue(argument, attributeType(attribute))
        })
        const given = Object.fromEntries(
          parameters.map(([name], index) => [name, values[index] ?? null]),
        )
        const rest = values.slice(parameters.length)
        checkArguments(called, given, rest)
        const result = called.call(given as never, rest as never)
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

/** Refuses what the function must not meet, such as a number that JavaScript would round. */
function checkArguments(called: AnyFunction, given: ObjectValue, rest: readonly Value[]): void {
  const problems: Problem[] = []
  const check = (attributes: Attributes, values: ObjectValue, at: Path = []) =>
    checkConfig(attributes, values, {
      error: (problem) => problems.push({ ...problem, path: [...at, ...(problem.path ?? [])] }),
      warn: () => {},
    })
  check(called.parameters as Attributes, given)
  rest.forEach((value, index) =>
    check({ [index]: called.rest as Attribute }, { [index]: value }, ['rest']),
  )
  const [first, ...others] = problems
  if (first) throw new TerraformError(first, ...others)
}

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
  return {
    // Terraform ends the sentence.
    text: [problem?.summary, problem?.detail].filter(Boolean).join(' ').replace(/\.$/, ''),
    functionArgument: argumentAt(problem?.path ?? [], parameters),
  }
}

/** The place of an argument: of a parameter by its name, of a further one as `['rest', index]`. */
function argumentAt([name, index]: Path, parameters: readonly string[]): number | undefined {
  const place = parameters.indexOf(String(name))
  if (place >= 0) return place
  return name === 'rest' && index !== undefined ? parameters.length + Number(index) : undefined
}
