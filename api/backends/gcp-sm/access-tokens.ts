import { BackendFailure, type CallOptions } from '../backend.ts'
import type { Clock } from '../outbound/clock.ts'
import { asNotSent } from './not-sent.ts'

/** A way to log in: one file for each. */
export interface Login {
  /** Obtains a new token. */
  login(options: CallOptions): Promise<AccessToken>
  /** As whom it logs in, where that can be told. */
  identity(): Promise<string | undefined>
  close(): void
}

export interface AccessToken {
  readonly text: string
  readonly lifeMs: number
}

/** One that is being used. */
export interface KeptToken {
  readonly text: string
  /** By the clock. */
  readonly expiresAt: number
}

/**
 * The token that all calls of a provider share. It is renewed at two thirds of its life, by one login
 * however many wait for it, and once anew when the store refuses it. A login that was refused is not
 * tried again for a few seconds, so that a bad key brings about no storm of them.
 */
export class AccessTokens {
  readonly #login: Login
  readonly #clock: Clock
  #kept: Kept | undefined
  #renewing: Promise<Kept> | undefined
  #refused: { readonly failure: BackendFailure; readonly until: number } | undefined

  constructor(login: Login, clock: Clock) {
    this.#login = login
    this.#clock = clock
  }

  /** A token that is valid now, as far as we know. Rejects with a failure that is `notSent`. */
  async get({ signal }: CallOptions): Promise<KeptToken> {
    const kept = this.#kept
    if (signal.aborted) throw gaveUp()
    if (kept && this.#clock.now() < kept.renewAt) return kept
    try {
      return await orAborted(this.#renew(), signal)
    } catch (error) {
      if (signal.aborted) throw gaveUp()
      // What could not be renewed in time may be used until its end.
      if (kept && this.#kept === kept && this.#clock.now() < kept.expiresAt) return kept
      throw asNotSent(error)
    }
  }

  /** The store has taken it. */
  accepted({ text }: KeptToken): void {
    if (this.#kept?.text === text) this.#kept.wasAccepted = true
  }

  /** The store has refused it. Answers whether asking with another may help. */
  refused({ text }: KeptToken): boolean {
    const kept = this.#kept
    if (kept?.text !== text) return true // there is a newer one
    // One that is new and has never been right is not what is wrong.
    if (!kept.wasAccepted && this.#clock.now() < kept.obtainedAt + patienceMs) return false
    this.#kept = undefined
    return true
  }

  identity(): Promise<string | undefined> {
    return this.#login.identity()
  }

  close(): void {
    this.#login.close()
  }

  #renew(): Promise<Kept> {
    if (this.#refused && this.#clock.now() < this.#refused.until) {
      return Promise.reject(this.#refused.failure)
    }
    this.#renewing ??= this.#obtain().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  /** Not tied to the signal of whoever came first, because others wait for it too. */
  async #obtain(): Promise<Kept> {
    const timeUp = new AbortController()
    const cancel = this.#clock.after(loginMs, () => timeUp.abort())
    const { signal } = timeUp
    const obtainedAt = this.#clock.now()
    try {
      const { text, lifeMs } = await orAborted(this.#login.login({ signal }), signal)
      this.#kept = {
        text,
        obtainedAt,
        renewAt: obtainedAt + (lifeMs * 2) / 3,
        expiresAt: obtainedAt + lifeMs,
        wasAccepted: false,
      }
      return this.#kept
    } catch (error) {
      if (error instanceof BackendFailure && error.code === 'forbidden') {
        this.#refused = { failure: error, until: this.#clock.now() + afterRefusalMs }
      }
      throw error
    } finally {
      cancel()
    }
  }
}

interface Kept extends KeptToken {
  readonly obtainedAt: number
  readonly renewAt: number
  wasAccepted: boolean
}

const loginMs = 30_000
const afterRefusalMs = 5000
const patienceMs = 60_000

/** What was promised, unless the signal is aborted first. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // Of our own, as many may wait on one caller's signal.
  const own = AbortSignal.any([signal])
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(gaveUp())
    own.addEventListener('abort', giveUp, { once: true })
    promise.then(resolve, reject)
  })
}

const gaveUp = (): BackendFailure =>
  new BackendFailure('timeout', 'The login did not finish within the time this request had.', {
    notSent: true,
  })
