import type { AsyncLocalStorage } from 'node:async_hooks'
import { isUtf8 } from 'node:buffer'
import type {
  HttpClient,
  HttpHeaders,
  PipelineRequest,
  PipelineResponse,
  RawHttpHeadersInput,
} from '@azure/core-rest-pipeline'
import type { TokenCredential } from '@azure/identity'
import { BackendFailure, type CallOptions } from '../backend.ts'
import type { OutboundAnswer, OutboundRequest } from '../outbound/exchange.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import type { AccessTokens } from '../access-tokens.ts'
import { refusalOf } from './key-vault-refusal.ts'

/**
 * Sends what the SDK asks for, in place of its own HTTP: to this vault and nowhere else, with our
 * limits. It also puts the token in, here at the end, so that no request which the SDK may keep, log or
 * put into an error holds one.
 */
export class VaultTransport implements HttpClient {
  /** For the SDK, which sends nothing without one. */
  readonly credential: TokenCredential = {
    getToken: () => Promise.resolve({ token: 'set-when-sent', expiresOnTimestamp: endOfTime }),
  }
  readonly #connection: OutboundConnection
  readonly #tokens: AccessTokens
  readonly #signals: AsyncLocalStorage<AbortSignal>
  readonly #createHeaders: CreateHeaders

  constructor(options: {
    readonly connection: OutboundConnection
    readonly tokens: AccessTokens
    /** Of whoever waits for the request. */
    readonly signals: AsyncLocalStorage<AbortSignal>
    readonly createHeaders: CreateHeaders
  }) {
    this.#connection = options.connection
    this.#tokens = options.tokens
    this.#signals = options.signals
    this.#createHeaders = options.createHeaders
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const url = new URL(request.url)
    if (url.origin !== this.#connection.address.origin) {
      throw new BackendFailure('address_refused', 'The vault leads to another server.')
    }
    // The SDK holds its token back, and the body, until a vault has challenged it. We know already what
    // the token is for, so it is challenged here, and no request is spent on that.
    if (!request.headers.has('authorization')) {
      const headers = { 'www-authenticate': `Bearer resource="${url.origin}"` }
      return { request, status: 401, headers: this.#createHeaders(headers) }
    }
    const signal = this.#signals.getStore()
    if (!signal) throw new TypeError('The SDK sends a request that nobody has made')
    const { status, headers, body } = await this.#ask(outboundRequest(request, url), { signal })
    const { 'content-type': type = '', date = '' } = headers
    return {
      request,
      status,
      headers: this.#createHeaders({ 'content-type': type, date }),
      bodyAsText: body.toString('utf8'),
    }
  }

  /** Asks for something without the SDK. */
  async get(target: string, options: CallOptions): Promise<Buffer> {
    const url = new URL(target, this.#connection.address)
    const request = { method: 'GET', url, headers: { accept: 'application/json' } }
    return (await this.#ask(request, options)).body
  }

  close(): void {
    this.#connection.close()
  }

  async #ask(request: OutboundRequest, options: CallOptions): Promise<OutboundAnswer> {
    const answer = await this.#authorized(request, options)
    if (answer.status >= 400) throw refusalOf(answer)
    if (isUtf8(answer.body)) return answer
    throw new BackendFailure('unreadable_answer', 'The answer of the vault is not UTF-8.')
  }

  /** With a new token, once, when the vault does not take the one at hand: it may have been revoked. */
  async #authorized(request: OutboundRequest, options: CallOptions): Promise<OutboundAnswer> {
    const token = await this.#tokens.get(options)
    const send = (text: string) => {
      const headers = { ...request.headers, authorization: `Bearer ${text}` }
      return this.#connection.send({ ...request, headers }, options)
    }
    const answer = await send(token.reveal().toString('utf8'))
    if (answer.status !== 401) return answer
    this.#tokens.drop(token)
    const renewed = await this.#tokens.get(options)
    const second = await send(renewed.reveal().toString('utf8'))
    if (second.status !== 401) return second
    const failure = notAccepted()
    this.#tokens.dropAll(failure)
    throw failure
  }
}

type CreateHeaders = (headers: RawHttpHeadersInput) => HttpHeaders

const endOfTime = 8.64e15

function outboundRequest({ method, headers, body }: PipelineRequest, url: URL): OutboundRequest {
  if (body !== undefined && body !== null && typeof body !== 'string') {
    throw new TypeError('The SDK sends a body that is no text')
  }
  const changes = method !== 'GET'
  const kept = ['accept', 'content-type', 'x-ms-client-request-id'].flatMap((name) => {
    const value = headers.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    method,
    url,
    headers: Object.fromEntries(kept),
    body: body ?? undefined,
    kind: changes ? 'write' : 'read',
    once: changes,
  }
}

const notAccepted = (): BackendFailure =>
  new BackendFailure('forbidden', 'The vault does not accept the login.', {
    hint: "Check that the login belongs to the vault's own tenant, and to its cloud.",
  })
