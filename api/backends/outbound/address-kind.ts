import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** What an address is for, as far as the address policy cares. */
export type AddressKind = (typeof ranges)[keyof typeof ranges] | 'metadata'

/** The kinds a provider may be reached at without the operator saying so. */
export const openKinds: ReadonlySet<string> = new Set(['public', 'private'] satisfies AddressKind[])

/** Says what an address is for. One that carries an IPv4 address inside is judged by both. */
export function addressKind(address: Address): AddressKind {
  if (metadataAddresses.has(address.toString())) return 'metadata'
  const inner = innerAddresses(address).map(addressKind)
  const worst = inner.find((kind) => !openKinds.has(kind))
  if (worst) return worst
  if (isIsatapToForbidden(address)) return 'reserved'
  return ranges[address.range() as keyof typeof ranges] ?? 'reserved'
}

/** An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is that IPv4 address; any other is itself. */
export function canonicalAddress(address: Address): Address {
  return isIPv6(address) && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

/** Every range that ipaddr.js names. One that is missing here counts as reserved. */
const ranges = {
  unicast: 'public',
  as112: 'public',
  as112v6: 'public',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  // These carry an IPv4 address, which has been judged before they are looked up here.
  ipv4Mapped: 'public',
  rfc6145: 'public',
  rfc6052: 'public',
  '6to4': 'public',
  teredo: 'public',
  loopback: 'loopback',
  linkLocal: 'link-local',
  unspecified: 'unspecified',
  multicast: 'multicast',
  broadcast: 'reserved',
  reserved: 'reserved',
} as const

/**
 * Where clouds answer questions about the machine, credentials included. Some lie in ranges that
 * are otherwise fine to reach, so they are named.
 */
const metadataAddresses: ReadonlySet<string> = new Set(
  [
    '169.254.169.254', // AWS, Azure, Google, Oracle and most others
    '169.254.169.253', // AWS: its resolver
    '169.254.170.2', // AWS: credentials of an ECS task
    '169.254.170.23', // AWS: credentials of an EKS pod
    '169.254.42.42', // Scaleway
    '100.100.100.200', // Alibaba
    '168.63.129.16', // Azure: the host's own agent
    '192.0.0.192', // Oracle, classic
    'fd00:ec2::254', // AWS
    'fd00:ec2::253',
    'fd00:ec2::23',
    'fd20:ce::254', // Google
    'fd00:42::42', // Scaleway
    'fd00:c1::a9fe:a9fe', // Oracle
  ].map((text) => ipaddr.parse(text).toString()),
)

const isIPv6 = (address: Address): address is ipaddr.IPv6 => address.kind() === 'ipv6'

/** IPv4 addresses that a gateway, or this host, could take this IPv6 address for. */
function innerAddresses(address: Address): ipaddr.IPv4[] {
  if (!isIPv6(address)) return []
  const [, second = 0, third = 0] = address.parts
  const last = lastIPv4(address)
  switch (address.range()) {
    case 'ipv4Mapped': // ::ffff:0:0/96
    case 'rfc6145': // ::ffff:0:0:0/96, stateless translation
    case 'rfc6052': // 64:ff9b::/96, NAT64
      return [last]
    case '6to4': // 2002:AABB:CCDD::/48, RFC 3056
      return [toIPv4(second, third)]
    case 'teredo': {
      // RFC 4380: the server is written plainly, the client with every bit turned.
      const [, , serverHigh = 0, serverLow = 0, , , high = 0, low = 0] = address.parts
      return [toIPv4(serverHigh, serverLow), toIPv4(high ^ 0xffff, low ^ 0xffff)]
    }
    case 'unspecified':
    case 'loopback':
      return []
    default:
      return address.match(ipv4Compatible, 96) ? [last] : []
  }
}

/** `::a.b.c.d`: deprecated by RFC 4291, still understood by some kernels. */
const ipv4Compatible = ipaddr.IPv6.parse('::')

/** ISATAP (RFC 5214) hides an IPv4 address in the interface part, under any prefix. */
function isIsatapToForbidden(address: Address): boolean {
  if (!isIPv6(address)) return false
  const [, , , , fifth, sixth] = address.parts
  if (sixth !== 0x5efe || (fifth !== 0 && fifth !== 0x200)) return false
  return !openKinds.has(addressKind(lastIPv4(address)))
}

function lastIPv4(address: ipaddr.IPv6): ipaddr.IPv4 {
  const [, , , , , , high = 0, low = 0] = address.parts
  return toIPv4(high, low)
}

function toIPv4(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff])
}
