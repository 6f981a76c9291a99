import type nodeVault from 'node-vault'
import type { CallOptions } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import type { OutboundAnswer, OutboundRequest } from '../outbound/exchange.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import { isSealed } from './vault-answer.ts'
import { encodeSegments } from './vault-path.ts'

export interface VaultRequest extends Pick<OutboundRequest, 'kind' | 'once'> {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Of the API's path, after `/v1/`. */
  readonly segments: readonly string[]
  readonly query?: Readonly<Record<string, string>> | undefined
  readonly json?: object
}

/**
 * Speaks to one Vault: node-vault knows Vault's conventions, the outbound connection does the
 * sending in place of its axios, which would follow redirects with the token and put it in errors.
 */
export class VaultTransport {
  readonly #connection: OutboundConnection
  readonly #client: nodeVault.client
  /** Everything that node-vault asks for begins with this. */
  readonly #root: string

  static async load(options: VaultTransportOptions): Promise<VaultTransport> {
    const { default: createClient } = await loadPackage('node-vault', () => import('node-vault'))
    return new VaultTransport(options, createClient)
  }

  private constructor(options: VaultTransportOptions, createClient: typeof nodeVault) {
    this.#connection = options.connection
    const { origin, pathname } = options.connection.address
    const endpoint = `${origin}${pathname.replace(/\/+$/, '')}`
    this.#root = `${endpoint}/v1/`
    this.#client = createClient({
      endpoint,
      'request-promise': { defaults: () => (request: NodeVaultRequest) => this.#send(request) },
      // It would print what is written, and the answer to a login, under DEBUG=node-vault.
      debug: () => undefined,
    })
    // Set here, because node-vault fills what is missing from VAULT_TOKEN, VAULT_NAMESPACE and
    // VAULT_PREFIX: the deployment's own, which are no business of this provider's server.
    Object.assign(this.#client, { token: '', namespace: options.namespace, pathPrefix: '' })
  }

  /** Vault's answer to one who has this token, or none yet, whatever its status. Rejects when there is no answer. */
  async request(
    { segments, query, ...request }: VaultRequest,
    { signal, token }: CallOptions & { readonly token?: string },
  ): Promise<OutboundAnswer> {
    const headers = {
      ...(token !== undefined && { 'X-Vault-Token': token }),
      // Vault can be set to refuse requests without it, as a guard against forged ones.
      'X-Vault-Request': 'true',
      ...(request.json && { 'Content-Type': 'application/json' }),
    }
    const asked = query ? `?${new URLSearchParams(query).toString()}` : ''
    const path = `/${encodeSegments(segments)}${asked}`
    return (await this.#client.request({ ...request, path, headers, signal })) as OutboundAnswer
  }

  close(): void {
    this.#connection.close()
  }

  /** What node-vault calls in place of its own HTTP client. */
  async #send(request: NodeVaultRequest): Promise<NodeVaultAnswer> {
    const { uri, method, headers, json, kind, once, signal } = request
    const url = new URL(uri)
    // The last look: nothing was normalized away, and we are still below /v1/.
    if (url.href !== uri || !uri.startsWith(this.#root)) {
      throw new TypeError('A Vault path changed its meaning on the way')
    }
    const body = json && JSON.stringify(json)
    const answer = await this.#connection.send(
      {
        method,
        url,
        headers,
        body,
        isFinal: isSealed,
        ...(kind && { kind }),
        ...(once && { once }),
      },
      { signal },
    )
    // Passed through as a success: node-vault's own errors hold the body and lose Retry-After.
    return { statusCode: 200, body: answer, request: { path: url.pathname } }
  }
}

export interface VaultTransportOptions {
  readonly connection: OutboundConnection
  readonly namespace: string | undefined
}

interface NodeVaultRequest extends Pick<OutboundRequest, 'kind' | 'once'> {
  readonly method: string
  readonly uri: string
  readonly headers: Readonly<Record<string, string>>
  readonly json?: object
  readonly signal: AbortSignal
}

interface NodeVaultAnswer {
  readonly statusCode: 200
  readonly body: OutboundAnswer
  readonly request: { readonly path: string }
}
