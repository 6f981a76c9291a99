import { timeIsOver } from '../deadline.ts'
import type { SecretValue } from '../keyring/secret-value.ts'
import { BackendFailure, type CallOptions } from './backend.ts'
import { beforeSending } from './before-sending.ts'
import type { Clock } from './outbound/clock.ts'
import { unlessAborted } from './unless-aborted.ts'

/** A token as it was given: whoever holds it may read the store for as long as it lives. */
export interface AccessToken<Value = SecretValue> {
  readonly value: Value
  readonly lifeMs: number
}

/** However long a login takes, nobody waits longer for it. */
const longestLoginMs = 10_000
/** A renewal that failed is tried again after this while, by whoever calls then. */
const renewAgainMs = 30_000
/** So long a login that was refused is not tried again: who insists is locked out. */
const refusedMs = 10_000

/**
 * The token of one provider, or its session, shared by all its calls. After two thirds of its life
 * whoever calls has it renewed, and nobody waits for that. One login runs at a time, so that many calls
 * at once are one.
 */
export class AccessTokens<Value extends object = SecretValue> {
  readonly #clock: Clock
  readonly #login: (options: CallOptions) => Promise<AccessToken<Value>>
  #held: Held<Value> | undefined
  #loggingIn: Promise<Value> | undefined
  #refused: { readonly failure: BackendFailure; readonly until: number } | undefined

  constructor(clock: Clock, login: (options: CallOptions) => Promise<AccessToken<Value>>) {
    this.#clock = clock
    this.#login = login
  }

  /** A token that is good now, as far as we know. Fails as one whose request has not been sent. */
  async get({ signal }: CallOptions): Promise<Value> {
    const now = this.#clock.now()
    const held = this.#held
    if (!held || now >= held.expiresAt) return await unlessAborted(() => this.#logIn(), signal)
    if (now >= held.renewAt) {
      held.renewAt = now + renewAgainMs
      // Nobody waits for it, so nobody hears of it: the token is good for a third of its life yet.
      this.#logIn().catch(() => undefined)
    }
    return held.value
  }

  /** How long the token at hand lives yet. */
  get leftMs(): number {
    return Math.max(0, (this.#held?.expiresAt ?? 0) - this.#clock.now())
  }

  /** Gives up a token that the store does not take, unless it has been replaced already. */
  drop(value: Value): void {
    if (this.#held?.value === value) this.#held = undefined
  }

  /** Says that new tokens are no good either, so that not every call obtains one in vain. */
  dropAll(failure: BackendFailure): void {
    this.#held = undefined
    this.#refuse(failure)
  }

  #logIn(): Promise<Value> {
    if (this.#refused && this.#clock.now() < this.#refused.until) {
      return beforeSending(Promise.reject(this.#refused.failure))
    }
    this.#loggingIn ??= this.#obtain().finally(() => (this.#loggingIn = undefined))
    return this.#loggingIn
  }

  #refuse(failure: BackendFailure): void {
    this.#refused = { failure, until: this.#clock.now() + refusedMs }
  }

  async #obtain(): Promise<Value> {
    // Counted from before the request leaves, so that it does not outlive the token.
    const sentAt = this.#clock.now()
    // Of nobody's own: it goes on for the others when the one who began it gives up.
    const timeUp = new AbortController()
    const cancel = this.#clock.after(longestLoginMs, () => timeUp.abort(timeIsOver()))
    const options = { signal: timeUp.signal }
    try {
      const { value, lifeMs } = await beforeSending(
        unlessAborted(() => this.#login(options), timeUp.signal),
      )
      this.#held = { value, renewAt: sentAt + (lifeMs * 2) / 3, expiresAt: sentAt + lifeMs }
      return value
    } catch (error) {
      if (error instanceof BackendFailure && error.code === 'forbidden') this.#refuse(error)
      throw error
    } finally {
      cancel()
    }
  }
}

/** By our clock. */
interface Held<Value> {
  readonly value: Value
  readonly expiresAt: number
  renewAt: number
}
