import { SecretValue } from '../../keyring/secret-value.ts'
import type { AccessToken } from '../access-tokens.ts'
import { memberOf, parseJson } from '../answer-json.ts'
import { BackendFailure, type CallOptions } from '../backend.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import type { WayOut } from '../outbound/outbound.ts'
import { retryAfterSeconds } from '../outbound/retry.ts'

/**
 * A URL that a key file names, where tokens are had. Whoever gave us the file chose it, so it is
 * reached as a provider's own address is: only where the policy allows, and never by a redirect.
 */
export class TokenEndpoint {
  readonly #connection: OutboundConnection
  readonly #url: URL

  /** Throws a `BackendFailure` for a URL that may not be used. Contacts nothing. */
  constructor(url: string, { outbound, caCertificate }: TokenWorld) {
    if (!URL.canParse(url)) throw notUrl()
    this.#url = new URL(url)
    // A query is part of what is asked, and of no weight for where.
    const place = new URL(url)
    place.search = ''
    this.#connection = outbound.connect({ address: place.href, caCertificate })
  }

  /** What it answers. Rejects for every status but 200. */
  async ask(request: TokenRequest, options: CallOptions): Promise<Buffer> {
    const { form, json, headers } = request
    const sent = form
      ? { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' }
      : { body: json && JSON.stringify(json), type: 'application/json' }
    const answer = await this.#connection.send(
      {
        method: sent.body === undefined ? 'GET' : 'POST',
        url: this.#url,
        headers: { ...headers, ...(sent.body !== undefined && { 'content-type': sent.type }) },
        body: sent.body,
      },
      options,
    )
    const { status, body } = answer
    if (status === 200) return body
    const waits = { retryAfterSeconds: retryAfterSeconds(answer), cause: { status } }
    if (status === 429) throw this.#failure('throttled', 'is asked for tokens too often', waits)
    if (status >= 500) throw this.#failure('unreachable', `gave no token (${status})`, waits)
    throw this.#failure('forbidden', `gave no token (${status})`, {
      hint: 'Check that the key and its account are neither deleted nor disabled, and that the clock of this machine is right.',
      ...waits,
    })
  }

  /** The access token in an answer, under the name that it has there. */
  async askToken(
    request: TokenRequest & { readonly member: string; readonly lifeSeconds: string | number },
    options: CallOptions,
  ): Promise<AccessToken> {
    const answer = parseJson(await this.ask(request, options))
    const { member, lifeSeconds } = request
    const text = memberOf(answer, member)
    const life = Number(
      typeof lifeSeconds === 'number' ? lifeSeconds : memberOf(answer, lifeSeconds),
    )
    // As it will stand in a header.
    if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) {
      throw this.#failure('unreadable_answer', 'answered, but without a token')
    }
    const seconds = life > 0 && life <= longestLifeSeconds ? life : usualLifeSeconds
    return { value: SecretValue.fromText(text), lifeMs: seconds * 1000 }
  }

  close(): void {
    this.#connection.close()
  }

  #failure(...[code, what, details]: ConstructorParameters<typeof BackendFailure>): BackendFailure {
    return new BackendFailure(code, `${this.#url.host} ${what}.`, details)
  }
}

export interface TokenWorld {
  readonly outbound: WayOut
  readonly caCertificate: string | undefined
}

interface TokenRequest {
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly json?: object
}

/** Of a token that nothing is said of. */
const usualLifeSeconds = 3600
const longestLifeSeconds = 12 * 3600

const notUrl = (): BackendFailure =>
  new BackendFailure('misconfigured', 'An address in the key file is not a URL.', { notSent: true })
