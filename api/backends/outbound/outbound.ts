import dns from 'node:dns/promises'
import { BackendFailure } from '../backend.ts'
import { AddressPolicy, type HostAndPort } from './address-policy.ts'
import type { AllowEntry } from './allow-list.ts'
import { type Clock, systemClock } from './clock.ts'
import { guardedAgents, type Lookup } from './guarded-agents.ts'
import { OutboundConnection, type OutboundConnectionOptions } from './outbound-connection.ts'
import { trustAlso } from './trusted-certificates.ts'

export interface OutboundOptions {
  /** What the operator allows besides the default: `parseAllowList(AGYN_OUTBOUND_ALLOW)`. */
  readonly allow?: readonly AllowEntry[]
  /** Where our own database answers, so that no provider leads there. */
  readonly database?: readonly HostAndPort[]
  /** PEM certificates that the whole process trusts: the contents of `NODE_EXTRA_CA_CERTS`. */
  readonly extraRoots?: string | undefined
  readonly lookup?: Lookup
  readonly clock?: Clock
  /** From 0 up to 1, like `Math.random`. */
  readonly random?: () => number
}

/** A provider's server, and what it allows. */
export interface ConnectionSettings extends Pick<OutboundConnectionOptions, 'rates' | 'meter'> {
  readonly address: string
  readonly caCertificate?: string | undefined
}

/** What a backend needs of the way out. */
export type WayOut = Pick<Outbound, 'connect' | 'checkAddress' | 'clock'>

/**
 * The only way out to the addresses that users give. It decides where one may go, and makes
 * connections that hold to it.
 */
export class Outbound {
  /** What all waiting goes by; a backend measures the life of its tokens with it. */
  readonly clock: Clock
  readonly #policy: AddressPolicy
  readonly #extraRoots: string | undefined
  readonly #lookup: Lookup
  readonly #random: () => number

  constructor(options: OutboundOptions = {}) {
    this.#policy = new AddressPolicy({
      allow: options.allow ?? [],
      database: options.database ?? [],
    })
    this.#extraRoots = options.extraRoots
    this.#lookup = options.lookup ?? ((host) => dns.lookup(host, { all: true, verbatim: true }))
    this.clock = options.clock ?? systemClock
    this.#random = options.random ?? Math.random
  }

  /**
   * Throws a `BackendFailure` with `address_refused` for an address that may not be used, as far as
   * that can be told without looking its name up. Nothing is contacted.
   */
  checkAddress(address: string): void {
    this.#parse(address)
  }

  /** A connection to one provider's server. Nothing is contacted before the first request. */
  connect({ address, caCertificate, ...limits }: ConnectionSettings): OutboundConnection {
    return new OutboundConnection({
      ...limits,
      address: this.#parse(address),
      agents: guardedAgents({
        policy: this.#policy,
        lookup: this.#lookup,
        secureContext:
          caCertificate === undefined ? undefined : trustAlso(caCertificate, this.#extraRoots),
      }),
      clock: this.clock,
      random: this.#random,
    })
  }

  #parse(address: string): URL {
    if (!URL.canParse(address)) throw refused('The address is not a URL.')
    const url = new URL(address)
    const defaultPort = defaultPorts[url.protocol]
    if (defaultPort === undefined) throw refused('The address must begin with https:// or http://.')
    if (url.username !== '' || url.password !== '') {
      throw refused('The address may not carry a user name or password.')
    }
    if (url.search !== '' || url.hash !== '')
      throw refused('The address may not carry a query or fragment.')
    this.#policy.checkHost(url.hostname, url.port === '' ? defaultPort : Number(url.port))
    return url
  }
}

const defaultPorts: Readonly<Record<string, number | undefined>> = { 'http:': 80, 'https:': 443 }

const refused = (message: string): BackendFailure => new BackendFailure('address_refused', message)
