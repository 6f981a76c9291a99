import type { Clock } from '../../../api/backends/outbound/clock.ts'

/**
 * Time that stands still until a test moves it. Waits of up to two seconds, the ones between
 * retries, pass at once and are written down.
 */
export class FakeClock implements Clock {
  readonly waits: number[] = []
  readonly #timers = new Set<{ at: number; callback: () => void }>()
  #now = 1000

  now(): number {
    return this.#now
  }

  after(delayMs: number, callback: () => void): () => void {
    if (delayMs <= 2000) {
      this.waits.push(delayMs)
      const immediate = setImmediate(callback)
      return () => clearImmediate(immediate)
    }
    const timer = { at: this.#now + delayMs, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  advance(ms: number): void {
    this.#now += ms
    for (const timer of this.#timers) {
      if (timer.at > this.#now) continue
      this.#timers.delete(timer)
      timer.callback()
    }
  }
}
