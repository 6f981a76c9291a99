import { BackendFailure } from '../backend.ts'
import {
  type Address,
  type AddressKind,
  addressKind,
  canonicalAddress,
  openKinds,
} from './address-kind.ts'
import { type AllowEntry, allowsAddress, allowsHost, isExact } from './allow-list.ts'
import {
  canonicalHost,
  formatHost,
  isLocalhost,
  localAddresses,
  metadataNames,
  parseHost,
} from './host.ts'

export interface HostAndPort {
  readonly host: string
  readonly port: number
}

/**
 * Which addresses providers may be reached at: public and private ones, except where the database
 * answers, and whatever else the operator allows. Nothing here looks a name up.
 */
export class AddressPolicy {
  readonly #allow: readonly AllowEntry[]
  readonly #database: readonly HostAndPort[]

  constructor(options: { allow: readonly AllowEntry[]; database: readonly HostAndPort[] }) {
    this.#allow = options.allow
    this.#database = options.database
      // A database behind a Unix socket is out of any provider's reach.
      .filter(({ host }) => !host.startsWith('/'))
      .map(({ host, port }) => ({ host: canonicalHost(host), port }))
  }

  /** Refuses a host that is forbidden as it is written. A name may still turn out to be. */
  checkHost(host: string, port: number): void {
    const name = canonicalHost(host)
    const address = parseHost(name)
    if (address) return this.checkAddress(name, address, port)

    const kind = this.#kindOfName(name, port)
    if (kind === 'public' || this.#allows(kind, name, null, port)) return
    if (isLocalhost(name) && localAddresses.some((local) => this.permits(name, local, port))) return
    throw refusal(name, port, kind)
  }

  /** Refuses an address that `host` stands for; `database` is where the database's names lead now. */
  checkAddress(
    host: string,
    address: Address,
    port: number,
    database: readonly Address[] = [],
  ): void {
    const name = canonicalHost(host)
    const kind = this.#kindOf(address, port, database)
    if (!openKinds.has(kind) && !this.#allows(kind, name, address, port))
      throw refusal(name, port, kind)
  }

  permits(
    host: string,
    address: Address,
    port: number,
    database: readonly Address[] = [],
  ): boolean {
    const kind = this.#kindOf(address, port, database)
    return openKinds.has(kind) || this.#allows(kind, canonicalHost(host), address, port)
  }

  /** The names under which the database answers at this port, for a caller that can look them up. */
  databaseNames(port: number): readonly string[] {
    const here = this.#database.filter((database) => database.port === port)
    return here.map(({ host }) => host).filter((host) => !parseHost(host))
  }

  #kindOfName(name: string, port: number): Kind {
    if (this.#database.some((each) => each.port === port && each.host === name)) return 'database'
    if (isLocalhost(name)) return 'loopback'
    return metadataNames.has(name) ? 'metadata' : 'public'
  }

  #kindOf(address: Address, port: number, database: readonly Address[]): Kind {
    const text = canonicalAddress(address).toString()
    const literals = this.#database.flatMap((each) =>
      each.port === port ? (parseHost(each.host) ?? []) : [],
    )
    const isDatabase = [...literals, ...database].some(
      (each) => canonicalAddress(each).toString() === text,
    )
    return isDatabase ? 'database' : addressKind(address)
  }

  #allows(kind: Kind, name: string, address: Address | null, port: number): boolean {
    const canonical = address && canonicalAddress(address)
    return this.#allow.some((entry) => {
      // A wide range was hardly meant to open these two, so they have to be named.
      if ((kind === 'metadata' || kind === 'database') && !isExact(entry)) return false
      if (kind === 'database' && entry.port === undefined) return false
      return allowsHost(entry, name, port) || (canonical && allowsAddress(entry, canonical, port))
    })
  }
}

type Kind = AddressKind | 'database'

function refusal(host: string, port: number, kind: Kind): BackendFailure {
  const spelt = formatHost(host, port)
  return new BackendFailure(
    'address_refused',
    `Address ${spelt} is not allowed for providers. To allow it, start the API with AGYN_OUTBOUND_ALLOW=${spelt}.`,
    { hint: reasons[kind] },
  )
}

const reasons: Record<Kind, string | undefined> = {
  public: undefined,
  private: undefined,
  database: "It is where this API's own database answers.",
  loopback: 'It is the machine the API runs on.',
  'link-local': 'It is a link-local address.',
  metadata: "It is a cloud's metadata service, which hands out credentials.",
  unspecified: 'It is an unspecified address.',
  multicast: 'It is a multicast address.',
  reserved: 'It lies in a range that is reserved.',
}
