import type { LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import ipaddr from 'ipaddr.js'
import type { Address } from './address-kind.ts'
import type { AddressPolicy } from './address-policy.ts'
import { canonicalHost, isLocalhost, localAddresses, parseHost } from './host.ts'

/** Looks a name up, as `dns.promises.lookup(host, { all: true })` does. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>

export interface Agents {
  readonly http: http.Agent
  readonly https: https.Agent
  /** Closes all connections; the agents stay usable. */
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

type Connected = Duplex | null | undefined
type OnSocket = (error: Error | null, stream: Duplex) => void

class GuardedHttpAgent extends http.Agent {
  readonly #guard: Guard

  constructor(guard: Guard) {
    super(keepAlive)
    this.#guard = guard
  }

  override createConnection(options: http.ClientRequestArgs, onSocket?: OnSocket): Connected {
    return this.#guard.connect(options, onSocket, (guarded) => super.createConnection(guarded))
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

  override createConnection(options: https.RequestOptions, onSocket?: OnSocket): Connected {
    const trusting = { ...options, secureContext: this.#secureContext?.() }
    return this.#guard.connect(trusting, onSocket, (guarded) => super.createConnection(guarded))
  }
}

const keepAlive = {
  keepAlive: true,
  // An idle connection is let go before the usual server or load balancer would cut it.
  timeout: 30_000,
  // Node would give up an address after 250 ms where there is another one, which is less than a far
  // server, or this process when it is busy, may take: https://github.com/nodejs/node/issues/54359
  autoSelectFamilyAttemptTimeout: 2000,
} as const

class Guard {
  readonly #policy: AddressPolicy
  readonly #lookup: Lookup

  constructor(policy: AddressPolicy, lookup: Lookup) {
    this.#policy = policy
    this.#lookup = lookup
  }

  /** Connects by `create` where the policy lets it; otherwise tells `onSocket` why not. */
  connect<T extends http.ClientRequestArgs>(
    options: T,
    onSocket: OnSocket = () => undefined,
    create: (guarded: T) => Connected,
  ): Connected {
    const refuse = (error: Error) => onSocket(error, undefined as never)
    const host = options.host ?? ''
    const port = Number(options.port ?? options.defaultPort)
    if (host === '' || options.socketPath) {
      process.nextTick(refuse, new TypeError('A provider is reached by host and port'))
      return undefined
    }
    try {
      this.#policy.checkHost(host, port)
    } catch (error) {
      process.nextTick(refuse, error)
      return undefined
    }
    const guarded = { ...options, lookup: this.#pinned(port) }
    if (!isIP(host) || this.#policy.databaseNames(port).length === 0) return create(guarded)

    // Node calls no `lookup` for a literal address, but our database may be there under a name.
    this.#resolve(host, port)
      // A step of its own: `create` throws for options that Node refuses, and that is told, too.
      .then(() => create(guarded) as Duplex)
      .then((stream) => onSocket(null, stream), refuse)
    return undefined
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
    const databaseNames = this.#policy.databaseNames(port)
    const [addresses = [], ...found] = await Promise.all(
      [name, ...databaseNames].map(this.#addressesOf),
    )
    if (addresses.length === 0) throw Object.assign(new Error('No address'), { code: 'ENOTFOUND' })
    const database = found.flat()
    const permitted = addresses.filter((address) =>
      this.#policy.permits(name, address, port, database),
    )
    // This machine has two addresses, and it is enough that one of them is allowed. Of any other
    // name all have to be: one that mixes good and bad is up to something.
    const usable = isLocalhost(name) && permitted.length > 0 ? permitted : addresses
    for (const address of usable) this.#policy.checkAddress(name, address, port, database)
    return usable.map((address) => ({
      address: address.toString(),
      family: address.kind() === 'ipv4' ? 4 : 6,
    }))
  }

  readonly #addressesOf = async (name: string): Promise<readonly Address[]> => {
    if (isLocalhost(name)) return localAddresses
    const literal = parseHost(name)
    if (literal) return [literal]
    return (await this.#lookup(name)).map(({ address }) => ipaddr.parse(address))
  }
}
