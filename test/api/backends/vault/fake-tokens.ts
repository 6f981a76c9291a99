import type { Clock } from '../../../../api/backends/outbound/clock.ts'
import type { Answered } from './fake-kv.ts'

/** An auth method that is mounted. */
export interface FakeLogin {
  accepts(body: Readonly<Record<string, string>>): boolean
  /** Of its tokens. */
  readonly lifeSeconds?: number
  readonly maxSeconds?: number
  readonly renewable?: boolean
}

/** The tokens that a Vault knows: the given one, which never ends, and those that logins made. */
export class FakeTokens {
  readonly #given: string
  readonly #clock: Clock
  readonly #logins: Readonly<Record<string, FakeLogin>>
  readonly #made = new Map<string, Made>()
  #count = 0

  constructor(given: string, clock: Clock, logins: Readonly<Record<string, FakeLogin>>) {
    this.#given = given
    this.#clock = clock
    this.#logins = logins
  }

  knows(token: unknown): boolean {
    if (token === this.#given) return true
    const made = this.#made.get(String(token))
    return made !== undefined && this.#clock.now() < made.endsAt
  }

  /** Those that logins made and that are still good. */
  get living(): readonly string[] {
    return [...this.#made.keys()].filter((token) => this.knows(token))
  }

  revokeAll(): void {
    this.#made.clear()
  }

  /** `undefined` for what is not about logging in. */
  logIn(path: string, body: string): Answered | undefined {
    const [, mountPoint] = /^auth\/(.+)\/login$/.exec(path) ?? []
    if (mountPoint === undefined) return undefined
    const login = this.#logins[mountPoint]
    if (!login) return denied
    if (!login.accepts(JSON.parse(body) as Record<string, string>)) {
      return [400, '{"errors":["invalid role or secret ID"]}']
    }
    const token = `s.canary-lease-${(this.#count += 1)}`
    const now = this.#clock.now()
    const { lifeSeconds = 3600, maxSeconds = Infinity } = login
    const diesAt = now + maxSeconds * 1000
    const made = { login, diesAt, endsAt: Math.min(now + lifeSeconds * 1000, diesAt) }
    this.#made.set(token, made)
    return this.#grant(token, made)
  }

  /** Of a token that is known. `undefined` for what is not about tokens. */
  ask(token: string, path: string): Answered | undefined {
    const made = this.#made.get(token)
    switch (path) {
      case 'auth/token/lookup-self':
        return [200, lookupSelf]
      case 'auth/token/renew-self': {
        if (!made || made.login.renewable === false) {
          return [400, '{"errors":["lease is not renewable"]}']
        }
        const { lifeSeconds = 3600 } = made.login
        made.endsAt = Math.min(this.#clock.now() + lifeSeconds * 1000, made.diesAt)
        return this.#grant(token, made)
      }
      case 'auth/token/revoke-self':
        this.#made.delete(token)
        return [204]
      default:
        return undefined
    }
  }

  #grant(token: string, { login, endsAt }: Made): Answered {
    const auth = {
      client_token: token,
      lease_duration: Math.round((endsAt - this.#clock.now()) / 1000),
      renewable: login.renewable ?? true,
    }
    return [200, JSON.stringify({ request_id: 'r', lease_duration: 0, data: null, auth })]
  }
}

export const denied: Answered = [403, '{"errors":["permission denied"]}']

interface Made {
  readonly login: FakeLogin
  /** Whatever is renewed. */
  readonly diesAt: number
  endsAt: number
}

const lookupSelf = JSON.stringify({
  data: {
    display_name: 'token-agyn',
    expire_time: '2027-01-01T00:00:00.5Z',
    policies: ['default'],
    renewable: true,
  },
})
