import { procedures } from '../../../../cdktf-provider/plugin/framework/procedures.ts'
import type { Provider } from '../../../../cdktf-provider/plugin/framework/provider.ts'
import { objectType } from '../../../../cdktf-provider/plugin/framework/schema.ts'
import type { Service } from '../../../../cdktf-provider/plugin/framework/service.ts'
import {
  ProviderDefinition,
  type Diagnostic,
  type DynamicValue,
} from '../../../../cdktf-provider/plugin/gen/tfplugin6.ts'
import type { Attributes } from '../../../../cdktf-provider/plugin/index.ts'
import type { Procedure } from '../../../../cdktf-provider/plugin/server/unary-grpc.ts'
import { decodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-reader.ts'
import { encodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-writer.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'

type Request<M extends keyof Service> = Loose<Parameters<Service[M]>[0]>
/** What a message may leave out, such as an identity. */
type Loose<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: T[K]
}
type Response<M extends keyof Service> = Awaited<ReturnType<Service[M]>>

/** Calls a provider as Terraform does, in bytes, without a process between. */
export const connect = async (provider: Provider) => callsOf(await procedures(() => provider))

export function callsOf(table: ReadonlyMap<string, Procedure>) {
  return async <M extends keyof Service>(method: M, request: Request<M>): Promise<Response<M>> => {
    const { name, requestType, responseType } = ProviderDefinition.methods[method]
    const procedure = table.get(`/${ProviderDefinition.fullName}/${name}`)
    if (!procedure) throw new Error(`${name} is not implemented`)
    const bytes = await procedure(requestType.encode(request as never).finish())
    return responseType.decode(bytes) as Response<M>
  }
}

export const none = new Uint8Array()

export const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

export const wire = (attributes: Attributes, value: Value): DynamicValue => ({
  msgpack: encodeMsgpack(value, objectType(attributes)),
  json: none,
})

export const unwire = (attributes: Attributes, value: DynamicValue | undefined): unknown =>
  value && decodeMsgpack(value.msgpack, objectType(attributes))

/** A diagnostic as one line: its path and its summary. */
export const told = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ summary, attribute }) => {
    const steps = attribute?.steps.map(({ selector }) => selector?.value).join('.')
    return steps ? `${steps}: ${summary}` : summary
  })
