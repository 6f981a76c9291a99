import type nodeVault from 'node-vault'
import type { CallOptions } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import { isSealed } from './vault-answer.ts'
import type { VaultAuth } from './vault-auth.ts'
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
  readonly #namespace: string | undefined
  readonly #createClient: typeof nodeVault
  /** Everything that node-vault may ask for begins with this. */
  readonly #base: string

  static async load(options: VaultClientOptions): Promise<VaultClient> {
    const { default: createClient } = await loadPackage('node-vault', () => import('node-vault'))
    return new VaultClient(options, createClient)
  }

  private constructor(options: VaultClientOptions, createClient: typeof nodeVault) {
    this.#connection = options.connection
    this.#auth = options.auth
    this.#namespace = options.namespace
    this.#createClient = createClient
    const { origin, pathname } = options.connection.address
    this.#base = `${origin}${pathname.replace(/\/+$/, '')}`
  }

  /** Vault's answer, whatever its status. Rejects when there is none. */
  async request(request: VaultRequest, { signal }: CallOptions): Promise<OutboundAnswer> {
    const client = this.#createClient({
      endpoint: this.#base,
      'request-promise': {
        defaults: () => (options: NodeVaultRequest) => this.#send(options, signal),
      },
      // It would print what is written, and the answer to a login, under DEBUG=node-vault.
      debug: () => undefined,
    })
    // Set here, because node-vault fills what is missing from VAULT_TOKEN, VAULT_NAMESPACE and
    // VAULT_PREFIX: the deployment's own, which are no business of this provider's server.
    Object.assign(client, {
      token: await this.#auth.token({ signal }),
      namespace: this.#namespace,
      pathPrefix: '',
    })
    const query = request.version === undefined ? '' : `?version=${request.version}`
    return (await client.request({
      method: request.method,
      path: `/${encodeSegments(request.segments)}${query}`,
      ...(request.json && { json: request.json }),
    })) as OutboundAnswer
  }

  close(): void {
    this.#connection.close()
  }

  async #send(options: NodeVaultRequest, signal: AbortSignal): Promise<NodeVaultAnswer> {
    const url = new URL(options.uri)
    // The last look: nothing was normalized away, and we are still below /v1/.
    if (url.href !== options.uri || !options.uri.startsWith(`${this.#base}/v1/`)) {
      throw new TypeError('A Vault path changed its meaning on the way')
    }
    const body = options.json && JSON.stringify(options.json)
    const headers = {
      ...options.headers,
      // Vault can be set to refuse requests without it, as a guard against forged ones.
      'X-Vault-Request': 'true',
      ...(body && { 'Content-Type': 'application/json' }),
    }
    const request = { method: options.method, url, headers, body, isFinal: isSealed }
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
}

interface NodeVaultAnswer {
  readonly statusCode: 200
  readonly body: OutboundAnswer
  readonly request: { readonly path: string }
}
