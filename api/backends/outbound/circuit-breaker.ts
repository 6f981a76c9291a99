import { BackendFailure } from '../backend.ts'
import type { Clock } from './clock.ts'

const failuresToOpen = 5
const openMs = 10_000

/**
 * Stops calling a store that does not answer, so that those who wait for it fail at once. After a
 * while one call is let through: when it succeeds all are, otherwise the wait begins anew.
 */
export class CircuitBreaker {
  readonly #clock: Clock
  #failures = 0
  #openUntil = -Infinity
  #probing = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs a call, or rejects with `unreachable` while the breaker is open. */
  async run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const wasOpen = this.#failures >= failuresToOpen
    const leftMs = this.#openUntil - this.#clock.now()
    if (wasOpen && (leftMs > 0 || this.#probing)) throw stillOpen(leftMs)

    if (wasOpen) this.#probing = true
    try {
      const result = await call()
      this.#failures = 0
      return result
    } catch (error) {
      // A caller that gave up says nothing about the store.
      if (!signal.aborted) this.#count(error)
      throw error
    } finally {
      if (wasOpen) this.#probing = false
    }
  }

  #count(error: unknown): void {
    if (!isNoAnswer(error)) {
      this.#failures = 0
      return
    }
    this.#failures += 1
    if (this.#failures >= failuresToOpen) this.#openUntil = this.#clock.now() + openMs
  }
}

const isNoAnswer = (error: unknown): boolean =>
  error instanceof BackendFailure && (error.code === 'unreachable' || error.code === 'timeout')

function stillOpen(leftMs: number): BackendFailure {
  const retryAfterSeconds = Math.max(1, Math.ceil(leftMs / 1000))
  return new BackendFailure(
    'unreachable',
    `The store did not answer ${failuresToOpen} times in a row, so it was not asked again. It will be in ${retryAfterSeconds} s.`,
    { retryAfterSeconds, notSent: true },
  )
}
