import { BackendFailure, type CallOptions } from '../backend.ts'
import type { Clock } from '../outbound/clock.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { type Granted, type Login, logIn, readGrant } from './login.ts'
import { understand } from './vault-answer.ts'
import type { VaultAuth } from './vault-auth.ts'
import type { VaultTransport } from './vault-transport.ts'

/** A renewal that failed is tried again after this while, by whoever calls then. */
const renewAgainMs = 5000
/** So long a token that proved alive is not asked about, however often it is refused. */
const trustMs = 5000
/** So long a login that was refused is not tried again: Vault locks out who insists. */
const refusedMs = 10_000
/** How long closing may take; the token dies by itself in the end. */
const revokeMs = 3000

export interface LeaseOptions {
  readonly login: Login
  readonly transport: VaultTransport
  readonly clock: Clock
}

/**
 * A token that is had by logging in, once for all who need it. After two thirds of its life whoever
 * calls has it renewed, or a new one obtained where it cannot be renewed any longer; nobody waits for
 * that. Nobody logs in before a token is needed.
 */
export class Lease implements VaultAuth {
  readonly #login: Login
  readonly #transport: VaultTransport
  readonly #clock: Clock
  #held: Held | undefined
  #loggingIn: Promise<Held> | undefined
  #asking: Promise<boolean> | undefined
  #refused: { readonly failure: BackendFailure; readonly until: number } | undefined
  #trustedUntil = -Infinity

  constructor({ login, transport, clock }: LeaseOptions) {
    this.#login = login
    this.#transport = transport
    this.#clock = clock
  }

  async token({ signal }: CallOptions): Promise<string> {
    const held = this.#held
    const now = this.#clock.now()
    if (!held || now >= held.expiresAt) {
      return (await unlessAborted(() => this.#logIn(), signal)).token
    }
    if (now >= held.renewAt) {
      held.renewAt = now + renewAgainMs
      // Nobody waits for it, so nobody hears of it: the token is good for a third of its life yet.
      this.#refresh(held).catch(() => undefined)
    }
    return held.token
  }

  async isDead(token: string, { signal }: CallOptions): Promise<boolean> {
    if (this.#held?.token !== token) return true // others were here already
    if (this.#clock.now() < this.#trustedUntil) return false
    return await unlessAborted(() => {
      this.#asking ??= this.#ask(this.#held).finally(() => (this.#asking = undefined))
      return this.#asking
    }, signal)
  }

  refusedAnew(): void {
    // Also when a token may not ask about itself, which looks as if it were dead: no login for each refusal.
    this.#trustedUntil = this.#clock.now() + trustMs
  }

  async close(): Promise<void> {
    const tooLong = new AbortController()
    const cancel = this.#clock.after(revokeMs, () => tooLong.abort())
    const { signal } = tooLong
    try {
      const loggingIn = this.#loggingIn
      const held = loggingIn ? await unlessAborted(() => loggingIn, signal) : this.#held
      this.#held = undefined
      if (held) await this.#send('revoke-self', held, signal)
    } catch {
      // It was a courtesy.
    } finally {
      cancel()
    }
  }

  #logIn(): Promise<Held> {
    if (this.#refused && this.#clock.now() < this.#refused.until) {
      return Promise.reject(this.#refused.failure)
    }
    this.#loggingIn ??= this.#obtain().finally(() => (this.#loggingIn = undefined))
    return this.#loggingIn
  }

  async #obtain(): Promise<Held> {
    const sentAt = this.#clock.now()
    try {
      const granted = await logIn(this.#transport, this.#login, { signal: never })
      this.#trustedUntil = -Infinity
      return (this.#held = held(granted, sentAt))
    } catch (error) {
      if (error instanceof BackendFailure && error.code === 'forbidden') {
        this.#refused = { failure: error, until: this.#clock.now() + refusedMs }
      }
      throw error
    }
  }

  async #refresh(current: Held): Promise<void> {
    if (!current.renewable) {
      await this.#logIn()
      return
    }
    const sentAt = this.#clock.now()
    const { status, members } = await this.#send('renew-self', current, never)
    if (status !== 200) await this.#logIn()
    if (this.#held !== current) return // there is a new one, now or already
    const granted = readGrant(members)
    // Less than before is what is left until its maximum: renewing it again would bring ever less.
    const renewable = granted.renewable && granted.lifeMs > current.lifeMs * 0.9
    this.#held = held({ ...granted, renewable }, sentAt)
  }

  /** Whether Vault does not know the token any more. Where that cannot be told, it is taken to be alive. */
  async #ask(current: Held | undefined): Promise<boolean> {
    if (!current) return true
    try {
      const { status } = await this.#send('lookup-self', current, never)
      if (status === 200) this.#trustedUntil = this.#clock.now() + trustMs
      else if (this.#held === current) this.#held = undefined
      return status !== 200
    } catch {
      return false
    }
  }

  async #send(what: keyof typeof methods, { token }: Held, signal: AbortSignal) {
    const method = methods[what]
    const request = {
      method,
      segments: ['auth', 'token', what],
      ...(method === 'POST' && { json: {} }),
    } as const
    const answer = await this.#transport.request(request, { signal, token })
    return understand(answer, { refusals: [400, 401, 403, 404] })
  }
}

const methods = { 'lookup-self': 'GET', 'renew-self': 'POST', 'revoke-self': 'POST' } as const

/** By our clock. */
interface Held extends Granted {
  renewAt: number
  readonly expiresAt: number
}

/** Counted from before the request left, so that it does not outlive the token. */
const held = (granted: Granted, sentAt: number): Held => ({
  ...granted,
  renewAt: sentAt + (granted.lifeMs * 2) / 3,
  expiresAt: sentAt + granted.lifeMs,
})

/** Of what is done for all: each request ends by itself. */
const never = new AbortController().signal
