import { setMaxListeners } from 'node:events'
import { deadline, wentAway } from '../../deadline.ts'
import { BackendFailure, type CallOptions } from '../backend.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { type Clock, wait } from './clock.ts'
import { ConcurrencyLimit } from './concurrency-limit.ts'
import { exchange, type OutboundAnswer, type OutboundRequest } from './exchange.ts'
import type { Agents } from './guarded-agents.ts'
import type { Meter } from './meter.ts'
import { type Outcome, retryDelayMs } from './retry.ts'
import { type Rate, TokenBucket } from './token-bucket.ts'

const maxInFlight = 32
const callMs = 5000

export interface OutboundConnectionOptions {
  /** Has passed the address policy. */
  readonly address: URL
  readonly agents: Agents
  readonly clock: Clock
  readonly random: () => number
  readonly rates?: Rates | undefined
  readonly meter?: Meter | undefined
}

/** What the store allows. */
export interface Rates {
  readonly read?: Rate
  /** Of what tells about secrets without giving their values, where the store counts that by itself. */
  readonly describe?: Rate
  readonly write?: Rate
}

/**
 * The way to one provider's server, shared by all calls to it: so many at once, each 5 s at most,
 * twice again where that may help, and none for a while when the server has stopped answering.
 */
export class OutboundConnection {
  /** As it was given, in the spelling of the URL standard. */
  readonly address: URL
  /** For an SDK that sends its own requests: policy and pinning hold there, the limits do not. */
  readonly agents: Agents
  readonly #clock: Clock
  readonly #random: () => number
  readonly #breaker: CircuitBreaker
  readonly #limit = new ConcurrencyLimit(maxInFlight)
  readonly #buckets: Readonly<Record<keyof Rates, TokenBucket | undefined>>
  readonly #meter: Meter | undefined

  constructor(options: OutboundConnectionOptions) {
    const bucket = (rate?: Rate) => rate && new TokenBucket(options.clock, rate)
    const { read, describe, write } = options.rates ?? {}
    this.#buckets = { read: bucket(read), describe: bucket(describe), write: bucket(write) }
    this.#meter = options.meter
    this.address = options.address
    this.agents = options.agents
    this.#clock = options.clock
    this.#random = options.random
    this.#breaker = new CircuitBreaker(options.clock)
  }

  /**
   * Sends a request to this server, and again after trouble that may pass: only what may safely be
   * sent twice goes through here. Any status but a redirect is an answer. Rejects with a
   * `BackendFailure`, `timeout` when `signal` ends the call.
   */
  async send(request: OutboundRequest, options: CallOptions): Promise<OutboundAnswer> {
    const { signal } = options
    setMaxListeners(0, signal) // many calls share a caller's, and Node warns of the eleventh listener
    if (request.url.origin !== this.address.origin) {
      throw new TypeError('A request leaves for another server than the one it was made for')
    }
    try {
      for (let retries = 0; ; retries += 1) {
        const outcome = await this.#attempt(request, signal)
        const failed = outcome instanceof BackendFailure
        const delayMs = retryDelayMs(outcome, { retries, random: this.#random, request })
        if (delayMs !== null) await wait(this.#clock, delayMs, signal)
        else if (failed) throw outcome
        else return outcome
      }
    } catch (error) {
      if (signal.aborted) throw deadlinePassed(request.url)
      throw error
    }
  }

  /** Closes all connections. Calls under way fail. */
  close(): void {
    this.agents.destroy()
  }

  async #attempt(request: OutboundRequest, signal: AbortSignal): Promise<Outcome> {
    const call = () => this.#breaker.run(() => this.#metered(request, signal), signal)
    try {
      await this.#buckets[request.kind ?? 'read']?.take(signal)
      return await this.#limit.run(call, signal)
    } catch (error) {
      if (error instanceof BackendFailure) return error
      throw error
    }
  }

  async #metered(request: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    this.#meter?.called()
    try {
      const answer = await this.#withinTime(request, signal)
      const throttled = answer.status === 429 || request.isThrottled?.(answer)
      if (throttled) this.#meter?.throttled()
      else if (answer.status >= 500) this.#meter?.failed()
      return answer
    } catch (error) {
      if (!wentAway(signal)) this.#meter?.failed()
      throw error
    }
  }

  async #withinTime(request: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    const call = deadline(callMs, signal, this.#clock)
    try {
      return await exchange(this.agents, request, call.signal)
    } catch (error) {
      if (call.signal.aborted && !signal.aborted) throw tooSlow(request.url)
      throw error
    } finally {
      call.clear()
    }
  }
}

const tooSlow = (url: URL): BackendFailure =>
  timeout(`${url.host} did not finish its answer within ${callMs / 1000} s.`)

const deadlinePassed = (url: URL): BackendFailure =>
  timeout(`${url.host} did not answer within the time this request had.`)

const timeout = (message: string): BackendFailure =>
  new BackendFailure('timeout', message, {
    hint: 'Check how busy it is, and that nothing on the way, such as a firewall, lets packets vanish.',
  })
