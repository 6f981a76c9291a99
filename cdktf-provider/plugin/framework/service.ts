import type { ProviderDefinition } from '../gen/tfplugin6.ts'

type Methods = ProviderDefinition['methods']
type MessageOf<Coder> = Coder extends { decode(input: Uint8Array): infer Message } ? Message : never

/** Every call of the protocol we offer, by its name in the generated definition. */
export type Service = {
  readonly [M in keyof Methods]: (
    request: MessageOf<Methods[M]['requestType']>,
  ) => Promise<MessageOf<Methods[M]['responseType']>>
}
