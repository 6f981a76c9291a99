import { Refused } from '../errors.ts'
import type { Principal } from '../principals/principal.ts'

/** Tokens that have been quiet for long enough to be full again are forgotten at this many. */
const REMEMBERED = 10_000

/**
 * Lets each token make `perMinute` requests a minute, in bursts of as many. Counts are this process's
 * own.
 */
export class RateLimit {
  readonly #perMinute: number
  readonly #now: () => number
  readonly #buckets = new Map<string, { level: number; at: number }>()

  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#perMinute = perMinute
    this.#now = now
  }

  /** Throws `rate_limited` with the seconds to wait. */
  take({ id }: Principal): void {
    const now = this.#now()
    const perMs = this.#perMinute / 60_000
    const bucket = this.#buckets.get(id) ?? { level: this.#perMinute, at: now }
    const level = Math.min(this.#perMinute, bucket.level + (now - bucket.at) * perMs)
    if (level < 1) {
      throw new Refused(
        'rate_limited',
        `This token has made ${this.#perMinute} requests within a minute. Wait as long as Retry-After says.`,
        { retryAfterSeconds: (1 - level) / perMs / 1000 },
      )
    }
    if (this.#buckets.size >= REMEMBERED && !this.#buckets.has(id)) this.#forget(now)
    this.#buckets.set(id, { level: level - 1, at: now })
  }

  #forget(now: number): void {
    for (const [id, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(id)
  }
}
