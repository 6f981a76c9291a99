import { memberOf, parseJson } from '../answer-json.ts'
import { BackendFailure, type CallOptions } from '../backend.ts'
import type { TokenFiles } from '../token-files.ts'
import { type KeyFile, unusable } from './key-file.ts'
import { TokenEndpoint, type TokenWorld } from './token-endpoint.ts'

/** Where the token comes from that is exchanged for one of Google's. */
export interface SubjectSource {
  read(options: CallOptions): Promise<string>
  close(): void
}

/**
 * The `credential_source` of an external account: a file of the server that the operator lists, or a
 * URL. Programs are not run, and no other cloud's environment is asked for its identity.
 */
export function subjectSource(
  source: KeyFile,
  type: string,
  world: TokenWorld & { readonly tokenFiles: TokenFiles },
): SubjectSource {
  const form = tokenForms[type]
  if (!form) throw unusable('has a `subject_token_type` that is neither a JWT nor SAML')
  const extract = extractor(source.object('format'))
  const checked = (content: Buffer): string => {
    const token = extract(content)?.trim() ?? ''
    // What else lies at a URL or in a file is not handed on to the server of `token_url`.
    if (!form.test(token)) throw noToken()
    return token
  }

  const file = source.optionalText('file')
  const url = source.optionalText('url')
  if (file !== undefined && url === undefined) {
    world.tokenFiles.check(file)
    return {
      read: async () => checked(Buffer.from(await world.tokenFiles.read(file))),
      close: () => undefined,
    }
  }
  if (url === undefined || file !== undefined) {
    throw unusable('has a `credential_source` that is neither a `file` nor a `url`')
  }
  const headers = headersOf(source.object('headers'))
  const endpoint = new TokenEndpoint(url, world)
  return {
    read: async (options) => checked(await endpoint.ask({ headers }, options)),
    close: () => endpoint.close(),
  }
}

/** https://google.aip.dev/auth/4117 */
const tokenForms: Readonly<Record<string, RegExp | undefined>> = {
  'urn:ietf:params:oauth:token-type:jwt': /^[\w-]+\.[\w-]+\.[\w-]+$/,
  'urn:ietf:params:oauth:token-type:id_token': /^[\w-]+\.[\w-]+\.[\w-]+$/,
  'urn:ietf:params:oauth:token-type:saml2': /^[\w+/-]+={0,2}$/,
}

function extractor(format: KeyFile): (content: Buffer) => string | undefined {
  const type = format.optionalText('type') ?? 'text'
  if (type === 'text') return (content) => content.toString('utf8')
  if (type !== 'json') throw unusable('has a `format` that is neither `text` nor `json`')
  const name = format.text('subject_token_field_name')
  return (content) => {
    const field = memberOf(parseJson(content), name)
    return typeof field === 'string' ? field : undefined
  }
}

function headersOf(given: KeyFile): Readonly<Record<string, string>> {
  const headers = given.names().map((name) => [name, given.text(name)] as const)
  for (const [name, value] of headers) {
    if (!/^[A-Za-z\d-]+$/.test(name) || ofTransport.test(name) || !/^[\x20-\x7e]*$/.test(value)) {
      throw unusable('has `headers` that cannot be sent')
    }
  }
  return Object.fromEntries(headers)
}

/** They would make of one request another, or lead it elsewhere. */
const ofTransport =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect)$/i

const noToken = (): BackendFailure =>
  new BackendFailure('misconfigured', 'The `credential_source` of the key file gives no token.', {
    hint: 'Check what is there, and its `format`.',
    notSent: true,
  })
