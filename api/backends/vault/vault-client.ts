import type nodeVault from 'node-vault'
import type { CallOptions } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import { isSealed } from './vault-answer.ts'
import type { VaultAuth } from './vault-config.ts'
import { encodeSegments } from './vault-path.ts'

export interface VaultRequest {
  readonly method: 'GET' | 'POST'
  /** Of the API's path, after `/v1/`. */
  readonly segments: readonly string[]
  readonly version?: string | undefined
  readonly json?: object
}

/**
 * Speaks to one Vault: node-vault knows Vault's conventions, the outbound connection does the
 * sending in place of its axios, which would follow redirects with the token and put it in errors.
 */
export class VaultClient {
  readonly #connection: OutboundConnection
  readonly #auth: VaultAuth
  readonly #client: nodeVault.client
  /** Everything that node-vault asks for begins with this. */
  readonly #root: string

  static async load(options: VaultClientOptions): Promise<VaultClient> {
    const { default: createClient } = await loadPackage('node-vault', () => import('node-vault'))
    return new VaultClient(options, createClient)
  }

  private constructor(options: VaultClientOptions, createClient: typeof nodeVault) {
    this.#connection = options.connection
    this.#auth = options.auth
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

  /** Vault's answer, whatever its status. Rejects when there is none. */
  async request(request: VaultRequest, { signal }: CallOptions): Promise<OutboundAnswer> {
    const { method, segments, version, json } = request
    const query = version === undefined ? '' : `?version=${version}`
    const headers = {
      'X-Vault-Token': await this.#auth.token({ signal }),
      // Vault can be set to refuse requests without it, as a guard against forged ones.
      'X-Vault-Request': 'true',
      ...(json && { 'Content-Type': 'application/json' }),
    }
    const path = `/${encodeSegments(segments)}${query}`
    return (await this.#client.request({ method, path, headers, json, signal })) as OutboundAnswer
  }

  close(): void {
    this.#connection.close()
  }

  /** What node-vault calls in place of its own HTTP client. */
  async #send({ uri, method, headers, json, signal }: NodeVaultRequest): Promise<NodeVaultAnswer> {
    const url = new URL(uri)
    // The last look: nothing was normalized away, and we are still below /v1/.
    if (url.href !== uri || !uri.startsWith(this.#root)) {
      throw new TypeError('A Vault path changed its meaning on the way')
    }
    const body = json && JSON.stringify(json)
    const request = { method, url, headers, body, isFinal: isSealed }
    const answer = await this.#connection.send(request, { signal })
    // Passed through as a success: node-vault's own errors hold the body and lose Retry-After.
    return { statusCode: 200, body: answer, request: { path: url.pathname } }
  }
}

export interface VaultClientOptions {
  readonly connection: OutboundConnection
  readonly auth: VaultAuth
  readonly namespace: string | undefined
}

interface NodeVaultRequest {
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
