import { BackendFailure, type CallOptions } from '../backend.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import { readChallenge, resourceOf } from './clouds.ts'
import { apiVersion } from './key-vault-client.ts'
import { refusalOf } from './key-vault-refusal.ts'

/** What the tokens for one vault are asked for. */
export class VaultResource {
  readonly #connection: OutboundConnection
  #known: string | undefined

  constructor(connection: OutboundConnection) {
    this.#connection = connection
    this.#known = resourceOf(connection.address.hostname)
  }

  /** Known by its domain for a vault in one of the clouds; another is asked, once. */
  async find({ signal }: CallOptions): Promise<string> {
    this.#known ??= await this.#ask({ signal })
    return this.#known
  }

  async #ask(options: CallOptions): Promise<string> {
    const { address } = this.#connection
    const url = new URL(`/secrets?api-version=${apiVersion}&maxresults=1`, address)
    const answer = await this.#connection.send({ method: 'GET', url, headers: {} }, options)
    if (answer.status !== 401 && answer.status >= 400) throw refusalOf(answer)
    const challenge = answer.headers['www-authenticate']
    if (answer.status !== 401 || challenge === undefined) {
      throw new BackendFailure(
        'unreadable_answer',
        `${address.host} does not ask for a login, as a key vault would.`,
        { hint: 'Check that vaultUrl is the address of a key vault.' },
      )
    }
    return readChallenge(challenge, address.hostname)
  }
}
