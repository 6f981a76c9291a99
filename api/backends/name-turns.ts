import { BackendFailure, type CallOptions } from './backend.ts'
import { ConcurrencyLimit } from './outbound/concurrency-limit.ts'

/**
 * Lets one call at a time change the secret of a name, where the store takes in several requests what
 * must be one. Names that differ in case alone are one.
 */
export class NameTurns {
  readonly #queues = new Map<string, { readonly limit: ConcurrencyLimit; calls: number }>()

  /** Runs a call when those before it have ended. */
  async take<T>(name: string, { signal }: CallOptions, call: () => Promise<T>): Promise<T> {
    const key = name.toLowerCase()
    const queue = this.#queues.get(key) ?? { limit: new ConcurrencyLimit(1), calls: 0 }
    this.#queues.set(key, queue)
    queue.calls += 1
    try {
      return await queue.limit.run(call, AbortSignal.any([signal]))
    } catch (error) {
      throw error instanceof BackendFailure || !signal.aborted ? error : gaveUp()
    } finally {
      queue.calls -= 1
      if (queue.calls === 0) this.#queues.delete(key)
    }
  }
}

const gaveUp = (): BackendFailure =>
  new BackendFailure('timeout', 'Another change of this secret took all the time there was.', {
    notSent: true,
  })
