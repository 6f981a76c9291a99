import type { FailureCode } from '../../contract/problems.ts'
import type { Meter } from './outbound/meter.ts'

/** What was asked of one provider since it was last taken, and how it went. */
export interface Activity {
  calls: number
  throttles: number
  failures: number
  lastSuccessAt?: Date
  lastFailureAt?: Date
  lastFailureCode?: FailureCode
}

/** Counts in memory what is asked of each provider, until somebody takes it to write it down. */
export class ProviderActivity {
  readonly #now: () => Date
  readonly #of = new Map<string, Activity>()

  constructor(now: () => Date = () => new Date()) {
    this.#now = now
  }

  /** Counts the requests of one provider. */
  meterOf(id: string): Meter {
    return {
      called: () => void (this.#activityOf(id).calls += 1),
      throttled: () => void (this.#activityOf(id).throttles += 1),
      failed: () => void (this.#activityOf(id).failures += 1),
    }
  }

  succeeded(id: string): void {
    this.#activityOf(id).lastSuccessAt = this.#now()
  }

  /** A failure that says something about the provider; that a path is missing does not. */
  failed(id: string, code: FailureCode): void {
    const activity = this.#activityOf(id)
    if (!ofTheProvider.has(code)) {
      activity.lastSuccessAt = this.#now()
      return
    }
    activity.lastFailureAt = this.#now()
    activity.lastFailureCode = code
  }

  /** What was counted since the last time, by provider id. It begins anew. */
  take(): ReadonlyMap<string, Activity> {
    const taken = new Map(this.#of)
    this.#of.clear()
    return taken
  }

  /** Counts what was taken once more, because it could not be written down. */
  giveBack(taken: ReadonlyMap<string, Activity>): void {
    for (const [id, before] of taken) {
      const since = this.#activityOf(id)
      this.#of.set(id, {
        ...before,
        ...since,
        calls: before.calls + since.calls,
        throttles: before.throttles + since.throttles,
        failures: before.failures + since.failures,
      })
    }
  }

  #activityOf(id: string): Activity {
    const activity = this.#of.get(id) ?? { calls: 0, throttles: 0, failures: 0 }
    this.#of.set(id, activity)
    return activity
  }
}

/** `forbidden` is among them: most often the credentials have expired. */
const ofTheProvider: ReadonlySet<FailureCode> = new Set([
  'forbidden',
  'address_refused',
  'misconfigured',
  'unreachable',
  'timeout',
  'throttled',
  'sealed',
  'redirect_refused',
  'unreadable_answer',
])
