import { BackendFailure, type CallOptions, type Read, type SecretBackend } from './backend.ts'
import type { StoredSecret } from './backend.ts'

/** Reads, or batches of them, that one provider is asked at once. */
const maxInFlight = 32

/**
 * The reads of one provider on their way to its store. Those of the same thing share one call as long
 * as it has not left, so that a store under load is asked less, and nobody gets a value from before he
 * asked. Where the store answers several in one call, they leave together.
 */
export class ReadQueue {
  readonly #backend: Pick<SecretBackend, 'read' | 'batch'>
  readonly #waiting = new Map<string, Entry>()
  #inFlight = 0
  #scheduled = false

  constructor(backend: Pick<SecretBackend, 'read' | 'batch'>) {
    this.#backend = backend
  }

  /** As `SecretBackend.read`. It rejects with `timeout` as soon as its own signal is aborted. */
  read(read: Read, { signal }: CallOptions): Promise<StoredSecret | null> {
    if (signal.aborted) return Promise.reject(gaveUp())
    const key = JSON.stringify([read.path, read.version, read.managed])
    const entry = this.#waiting.get(key) ?? newEntry(read)
    this.#waiting.set(key, entry)
    const answer = listen(entry, signal, () => {
      // Nobody wants it any more: it need not be asked, or not be waited for.
      if (this.#waiting.get(key) === entry) this.#waiting.delete(key)
    })
    this.#schedule()
    return answer
  }

  #schedule(): void {
    if (!this.#backend.batch) return this.#dispatch()
    if (this.#scheduled) return
    this.#scheduled = true
    // The reads of one workload are begun one after another; all of them are to be in the batch.
    setImmediate(() => {
      this.#scheduled = false
      this.#dispatch()
    })
  }

  #dispatch(): void {
    while (this.#waiting.size > 0 && this.#inFlight < maxInFlight) {
      const size = this.#backend.batch?.size ?? 1
      const keys = [...this.#waiting.keys()].slice(0, size)
      const entries = keys.flatMap((key) => this.#waiting.get(key) ?? [])
      for (const key of keys) this.#waiting.delete(key)
      this.#inFlight += 1
      void this.#send(entries).finally(() => {
        this.#inFlight -= 1
        this.#dispatch()
      })
    }
  }

  async #send(entries: readonly Entry[]): Promise<void> {
    const [first] = entries
    const { batch } = this.#backend
    if (!first) return
    if (!batch || entries.length === 1) {
      const { path, ...options } = first.read
      const { signal } = first.abandoned
      await this.#backend.read(path, { ...options, signal }).then(first.resolve, first.reject)
      return
    }
    const abandoned = whenAll(entries.map((entry) => entry.abandoned.signal))
    try {
      const reads = entries.map((entry) => entry.read)
      const outcomes = await batch.read(reads, { signal: abandoned })
      for (const [at, entry] of entries.entries()) {
        const outcome = outcomes[at] ?? null
        if (outcome instanceof BackendFailure) entry.reject(outcome)
        else entry.resolve(outcome)
      }
    } catch (error) {
      for (const entry of entries) entry.reject(error)
    }
  }
}

/** One read, and everybody who waits for it. */
interface Entry {
  readonly read: Read
  readonly answer: Promise<StoredSecret | null>
  readonly resolve: (stored: StoredSecret | null) => void
  readonly reject: (error: unknown) => void
  /** Aborted when the last of them has given up, for his reason. */
  readonly abandoned: AbortController
  listeners: number
}

function newEntry(read: Read): Entry {
  let settle: Pick<Entry, 'resolve' | 'reject'> | undefined
  const answer = new Promise<StoredSecret | null>((resolve, reject) => {
    settle = { resolve, reject }
  })
  answer.catch(() => undefined) // whoever listens hears of it
  if (!settle) throw new Error('A promise runs its executor at once.')
  return { read, answer, ...settle, abandoned: new AbortController(), listeners: 0 }
}

/** The entry's answer, for one who may give up before the others. */
function listen(
  entry: Entry,
  signal: AbortSignal,
  onAbandoned: () => void,
): Promise<StoredSecret | null> {
  entry.listeners += 1
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(gaveUp())
      entry.listeners -= 1
      if (entry.listeners > 0) return
      entry.abandoned.abort(signal.reason)
      onAbandoned()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    entry.answer.finally(() => signal.removeEventListener('abort', onAbort)).then(resolve, reject)
  })
}

/** Aborted when all of them are, for the reason of the last. */
function whenAll(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController()
  let left = signals.length
  for (const signal of signals) {
    const one = () => {
      left -= 1
      if (left === 0) all.abort(signal.reason)
    }
    if (signal.aborted) one()
    else signal.addEventListener('abort', one, { once: true })
  }
  return all.signal
}

const gaveUp = (): BackendFailure =>
  new BackendFailure('timeout', 'The store did not answer within the time this request had.')
