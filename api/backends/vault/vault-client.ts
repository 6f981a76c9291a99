import type { CallOptions } from '../backend.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import type { VaultAuth } from './vault-auth.ts'
import type { VaultRequest, VaultTransport } from './vault-transport.ts'

/** Asks one Vault as one who is logged in. */
export class VaultClient {
  readonly #transport: VaultTransport
  readonly #auth: VaultAuth

  constructor(transport: VaultTransport, auth: VaultAuth) {
    this.#transport = transport
    this.#auth = auth
  }

  /** Vault's answer, whatever its status. Rejects when there is none. */
  async request(request: VaultRequest, { signal }: CallOptions): Promise<OutboundAnswer> {
    const token = await this.#auth.token({ signal })
    const answer = await this.#transport.request(request, { signal, token })
    // Vault answers 403 for a token that is dead as for a path that is forbidden.
    if (answer.status !== 403 || !(await this.#auth.isDead(token, { signal }))) return answer

    const anew = await this.#auth.token({ signal })
    const second = await this.#transport.request(request, { signal, token: anew })
    if (second.status === 403) this.#auth.refusedAnew()
    return second
  }

  async close(): Promise<void> {
    await this.#auth.close()
    this.#transport.close()
  }
}
