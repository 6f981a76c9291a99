import { AsyncLocalStorage } from 'node:async_hooks'
import type { SecretManagerServiceClient } from '@google-cloud/secret-manager'
import type { SecretValue } from '../../keyring/secret-value.ts'
import type { AccessTokens } from '../access-tokens.ts'
import { BackendFailure, type CallOptions } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import type { OutboundAnswer, OutboundRequest } from '../outbound/exchange.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import { type Calls, kinds } from './calls.ts'
import { refusalOf } from './google-refusal.ts'

/**
 * Speaks to Secret Manager: Google's client knows the API and writes and reads its messages, over REST,
 * and the outbound connection does the sending. gRPC would look names up, connect and follow proxies by
 * itself, past the address policy.
 */
export class SecretManager {
  readonly #connection: OutboundConnection
  readonly #tokens: AccessTokens
  readonly #client: SecretManagerServiceClient
  /** The client takes no signal; what it calls in its turn finds here which call it is for. */
  readonly #under = new AsyncLocalStorage<Call>()

  static async load(options: SecretManagerOptions): Promise<SecretManager> {
    const name = '@google-cloud/secret-manager'
    const { SecretManagerServiceClient: Client } = await loadPackage(
      name,
      () => import('@google-cloud/secret-manager'),
    )
    const manager = new SecretManager(options, Client)
    try {
      // What fails in here would end the process if the first call were to begin it.
      await manager.#client.initialize()
    } catch (error) {
      throw new BackendFailure('misconfigured', `The package ${name} cannot be used.`, {
        cause: { name: (error as Error).name },
      })
    }
    return manager
  }

  private constructor(options: SecretManagerOptions, Client: typeof SecretManagerServiceClient) {
    this.#connection = options.connection
    this.#tokens = options.tokens
    const { protocol, hostname, port } = options.connection.address
    const settings = {
      fallback: true,
      protocol: protocol.replace(':', ''),
      apiEndpoint: hostname,
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      // Else it is read from the deployment's environment, which is no business of this provider.
      universeDomain: 'googleapis.com',
      // In place of Google's own, which would look for credentials, and send by itself.
      auth: {
        getRequestHeaders: () => Promise.resolve(new Headers()),
        fetch: (url: string, request: ClientRequest) => this.#send(url, request),
      },
    }
    this.#client = new Client(settings as unknown as ConstructorParameters<typeof Client>[0])
  }

  /** Calls one method of the API. Rejects with a `GoogleRefusal` for what Google does not do. */
  async call<Method extends keyof Calls>(
    method: Method,
    request: Calls[Method]['request'],
    { signal }: CallOptions,
  ): Promise<Calls[Method]['answer']> {
    // The client's own methods would print requests and answers under GOOGLE_SDK_NODE_LOGGING.
    const call = this.#client.innerApiCalls[method] as InnerCall<Method>
    // Its retries are off, because ours are on.
    const settings = { retry: null, autoPaginate: false }
    try {
      const [answer, , page] = await this.#under.run({ method, signal }, () =>
        call(request, settings),
      )
      return page ?? answer
    } catch (error) {
      // What it throws itself may quote the answer.
      throw error instanceof BackendFailure ? error : notGoogles()
    }
  }

  close(): void {
    this.#connection.close()
  }

  /** What the client calls in place of its own `fetch`. It sees successes only: its errors hold the body. */
  async #send(text: string, request: ClientRequest): Promise<Response> {
    const url = new URL(text)
    const call = this.#under.getStore()
    // The last look: nothing was normalized away, and it is a call of ours.
    if (!call || !text.endsWith(url.pathname + url.search)) {
      throw new TypeError('A request to Secret Manager changed its meaning on the way')
    }
    const answer = await this.#withToken(call, (token) => ({
      method: request.method,
      url,
      headers: {
        ...Object.fromEntries(request.headers),
        authorization: `Bearer ${token.reveal().toString()}`,
      },
      body: request.body,
      ...kinds[call.method],
    }))
    const { status, body } = answer
    if (status >= 300) throw refusalOf(answer)
    return new Response(status === 204 ? null : new Uint8Array(body), { status })
  }

  /** Sends it, and once more with a new token when the one at hand is refused: it may have been revoked. */
  async #withToken(
    { signal }: Call,
    requestWith: (token: SecretValue) => OutboundRequest,
  ): Promise<OutboundAnswer> {
    const send = (token: SecretValue) => this.#connection.send(requestWith(token), { signal })
    const token = await this.#tokens.get({ signal })
    const answer = await send(token)
    if (answer.status !== 401) return answer
    this.#tokens.drop(token)
    const second = await send(await this.#tokens.get({ signal }))
    if (second.status === 401) this.#tokens.dropAll(refusalOf(second))
    return second
  }
}

export interface SecretManagerOptions {
  readonly connection: OutboundConnection
  readonly tokens: AccessTokens
}

interface Call extends CallOptions {
  readonly method: keyof Calls
}

type InnerCall<Method extends keyof Calls> = (
  request: Calls[Method]['request'],
  settings: object,
) => Promise<[Calls[Method]['answer'], unknown, Calls[Method]['answer'] | null]>

/** What the client gives its `fetch`. */
interface ClientRequest {
  readonly method: string
  readonly headers: Headers
  readonly body?: string
}

const notGoogles = (): BackendFailure =>
  new BackendFailure('unreadable_answer', "The answer is not one of Secret Manager's.", {
    hint: 'Check that the endpoint is that of Secret Manager, not of a page or proxy before it.',
  })
