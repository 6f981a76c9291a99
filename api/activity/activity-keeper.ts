import type { ProviderActivity } from '../backends/provider-activity.ts'
import type { Database } from '../database/database.ts'
import { writeActivity } from './write-activity.ts'

/** How much of what was counted a killed process may lose. */
const INTERVAL_MS = 10_000

/** Writes down what was asked of each provider's store: now and then, and whenever somebody wants to know. */
export class ActivityKeeper {
  readonly #database: Database
  readonly #activity: ProviderActivity
  readonly #onError: (error: unknown) => void
  readonly #timer: NodeJS.Timeout
  #writing: Promise<void> = Promise.resolve()

  /** @param onError - told of what could not be written down; it is tried again */
  constructor(
    database: Database,
    activity: ProviderActivity,
    onError: (error: unknown) => void = () => undefined,
  ) {
    this.#database = database
    this.#activity = activity
    this.#onError = onError
    this.#timer = setInterval(() => void this.#flushQuietly(), INTERVAL_MS).unref()
  }

  /** Writes down all that was counted before this call. Rejects when the database cannot be had. */
  flush(): Promise<void> {
    // One after another: whoever asks needs what an earlier flush still has in hand, too.
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write())
    return this.#writing
  }

  /** Writes down the rest, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#flushQuietly()
  }

  async #write(): Promise<void> {
    const taken = this.#activity.take()
    if (taken.size === 0) return
    try {
      await writeActivity(this.#database, taken)
    } catch (error) {
      this.#activity.giveBack(taken)
      throw error
    }
  }

  async #flushQuietly(): Promise<void> {
    await this.flush().catch(this.#onError)
  }
}
