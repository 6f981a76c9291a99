import { type Clock, wait } from './clock.ts'

/** What a store allows: so many requests in so long. */
export interface Rate {
  readonly requests: number
  readonly perMs: number
}

/** Spreads requests so that a store's rate limit is not run into; bursts of up to the whole rate pass at once. */
export class TokenBucket {
  readonly #clock: Clock
  readonly #rate: Rate
  /** May be negative: those who wait have taken theirs already, so that each waits just long enough. */
  #tokens: number
  #filledAt: number

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock
    this.#rate = rate
    this.#tokens = rate.requests
    this.#filledAt = clock.now()
  }

  /** Resolves when the request may be sent. Rejects with the signal's reason when that comes first. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.#fill()
    this.#tokens -= 1
    if (this.#tokens >= 0) return
    try {
      await wait(this.#clock, (-this.#tokens * this.#rate.perMs) / this.#rate.requests, signal)
    } catch (error) {
      this.#tokens += 1
      throw error
    }
  }

  #fill(): void {
    const now = this.#clock.now()
    const grown = ((now - this.#filledAt) * this.#rate.requests) / this.#rate.perMs
    this.#tokens = Math.min(this.#rate.requests, this.#tokens + grown)
    this.#filledAt = now
  }
}
