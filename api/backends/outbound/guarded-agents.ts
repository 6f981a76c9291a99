import type { LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import ipaddr from 'ipaddr.js'
import type { AddressPolicy } from './address-policy.ts'
import { canonicalHost, isLocalhost, localAddresses } from './host.ts'

/** Looks a name up, as `dns.promises.lookup(host, { all: true })` does. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>

export interface Agents {
  readonly http: http.Agent
  readonly https: https.Agent
  /** Closes idle connections; the agents stay usable. */
  destroy(): void
}

/**
 * Agents for `node:http` and everything built on it that connect only where the policy lets them,
 * and to the very address that was checked. They keep connections alive and know no proxy.
 */
export function guardedAgents(options: {
  policy: AddressPolicy
  lookup: Lookup
  secureContext: (() => SecureContext) | undefined
}): Agents {
  const guard = new Guard(options.policy, options.lookup)
  const plain = new GuardedHttpAgent(guard)
  const secure = new GuardedHttpsAgent(guard, options.secureContext)
  return {
    http: plain,
    https: secure,
    destroy() {
      plain.destroy()
      secure.destroy()
    },
  }
}

type OnSocket = (error: Error | null, stream: Duplex) => void

class GuardedHttpAgent extends http.Agent {
  readonly #guard: Guard

  constructor(guard: Guard) {
    super(keepAlive)
    this.#guard = guard
  }

  override createConnection(
    options: http.ClientRequestArgs,
    onSocket?: OnSocket,
  ): Duplex | null | undefined {
    const guarded = this.#guard.options(options, onSocket)
    return guarded && super.createConnection(guarded, onSocket)
  }
}

class GuardedHttpsAgent extends https.Agent {
  readonly #guard: Guard
  readonly #secureContext: (() => SecureContext) | undefined

  constructor(guard: Guard, secureContext: (() => SecureContext) | undefined) {
    super(keepAlive)
    this.#guard = guard
    this.#secureContext = secureContext
  }

  override createConnection(
    options: https.RequestOptions,
    onSocket?: OnSocket,
  ): Duplex | null | undefined {
    const guarded = this.#guard.options(options, onSocket)
    const secureContext = this.#secureContext?.()
    return (
      guarded &&
      super.createConnection(
        secureContext ? ({ ...guarded, secureContext } as never) : guarded,
        onSocket,
      )
    )
  }
}

// An idle connection is let go before the usual server or load balancer would cut it.
const keepAlive = { keepAlive: true, timeout: 30_000 } as const

class Guard {
  readonly #policy: AddressPolicy
  readonly #lookup: Lookup

  constructor(policy: AddressPolicy, lookup: Lookup) {
    this.#policy = policy
    this.#lookup = lookup
  }

  /** The options to connect with; `undefined` when the host is refused, of which `onSocket` is told. */
  options<T extends http.ClientRequestArgs>(
    options: T,
    onSocket: OnSocket | undefined,
  ): T | undefined {
    const host = options.host ?? ''
    const port = Number(options.port ?? options.defaultPort)
    try {
      if (host === '' || options.socketPath)
        throw new TypeError('A provider is reached by host and port')
      // Node does not call `lookup` for a literal address, so the host itself is checked here.
      this.#policy.checkHost(host, port)
    } catch (error) {
      process.nextTick(() => onSocket?.(error as Error, undefined as never))
      return undefined
    }
    return { ...options, lookup: this.#pinned(port) }
  }

  /** A `lookup` for one connection: what it answers has been checked, and is what is connected to. */
  #pinned(port: number): LookupFunction {
    return (host, options, callback) => {
      this.#resolve(host, port).then(
        (addresses) => {
          const [first] = addresses
          if (options.all) callback(null, [...addresses])
          else if (first) callback(null, first.address, first.family)
        },
        (error: NodeJS.ErrnoException) => callback(error, '', 0),
      )
    }
  }

  async #resolve(host: string, port: number): Promise<readonly LookupAddress[]> {
    const name = canonicalHost(host)
    if (isLocalhost(name)) {
      return localAddresses
        .filter((address) => this.#policy.permits(name, address, port))
        .map((address) => ({
          address: address.toString(),
          family: address.kind() === 'ipv4' ? 4 : 6,
        }))
    }
    const [addresses, ...database] = await Promise.all([
      this.#lookup(host),
      ...this.#policy
        .databaseNames(port)
        .map((databaseHost) => this.#lookup(databaseHost).catch(() => [])),
    ])
    if (addresses.length === 0) throw Object.assign(new Error('No address'), { code: 'ENOTFOUND' })
    const forbidden = database.flat().map(({ address }) => ipaddr.parse(address))
    for (const { address } of addresses) {
      this.#policy.checkAddress(host, ipaddr.parse(address), port, forbidden)
    }
    return addresses
  }
}
