import ipaddr from 'ipaddr.js'
import { type Address, canonicalAddress } from './address-kind.ts'

/** One thing the operator lets providers reach: a host by its name, or a range of addresses. */
export type AllowEntry = { readonly port: number | undefined } & (
  { readonly host: string } | { readonly network: Address; readonly prefixLength: number }
)

/**
 * Reads `AGYN_OUTBOUND_ALLOW`: hosts, addresses or CIDRs with commas between, each with an optional
 * `:port` (an IPv6 address with a port stands in brackets). Throws an error that names every
 * malformed entry.
 *
 * @example parseAllowList('127.0.0.1:8200, vault.local, 169.254.7.0/24, [fd00::]:8200')
 */
export function parseAllowList(text: string): readonly AllowEntry[] {
  const spellings = text.split(',').map((entry) => entry.trim())
  const entries = spellings
    .filter((entry) => entry !== '')
    .map((entry) => [entry, parseEntry(entry)] as const)
  const malformed = entries
    .filter(([, entry]) => !entry)
    .map(([spelling]) => JSON.stringify(spelling))
  if (malformed.length > 0) {
    throw new Error(
      `AGYN_OUTBOUND_ALLOW takes hosts, addresses or CIDRs, each with an optional :port; not understood: ${malformed.join(', ')}.`,
    )
  }
  return entries.flatMap(([, entry]) => entry ?? [])
}

/** The entry for exactly the host and port of a URL. */
export function allowedAddress(url: string): AllowEntry {
  const { protocol, hostname, port } = new URL(url)
  const entry = parseEntry(`${hostname}:${port || (protocol === 'http:' ? 80 : 443)}`)
  if (!entry) throw new Error('The host of this address cannot be allowed.')
  return entry
}

/** Whether an entry names this very host or address, not merely a range around it. */
export function isExact(entry: AllowEntry): boolean {
  return 'host' in entry || entry.prefixLength === (entry.network.kind() === 'ipv4' ? 32 : 128)
}

export function allowsHost(entry: AllowEntry, host: string, port: number): boolean {
  return 'host' in entry && entry.host === host && allowsPort(entry, port)
}

export function allowsAddress(entry: AllowEntry, address: Address, port: number): boolean {
  return (
    'network' in entry &&
    entry.network.kind() === address.kind() &&
    address.match(entry.network as never, entry.prefixLength) &&
    allowsPort(entry, port)
  )
}

const allowsPort = (entry: AllowEntry, port: number): boolean =>
  entry.port === undefined || entry.port === port

function parseEntry(text: string): AllowEntry | null {
  const [, bracketed, plain, portText] =
    /^(?:\[([^\]]*)\]|([^:]*|[^:]*:[^:]*:.*?))(?::(\d{1,5}))?$/.exec(text) ?? []
  // Without brackets there is no telling a port from the end of an IPv6 address: it is the address.
  const isBareIPv6 = bracketed === undefined && /:.*:/.test(text)
  const host = isBareIPv6 ? text : (bracketed ?? plain)
  const port = isBareIPv6 || portText === undefined ? undefined : Number(portText)
  if (!host || (port !== undefined && (port < 1 || port > 65_535))) return null

  const [networkText = '', prefixText, ...rest] = host.split('/')
  const network = parseAddress(networkText)
  if (network) {
    const bits = network.kind() === 'ipv4' ? 32 : 128
    const prefixLength = prefixText === undefined ? bits : Number(prefixText)
    if (rest.length > 0 || !/^\d{1,3}$/.test(prefixText ?? '0') || prefixLength > bits) return null
    return { network, prefixLength, port }
  }
  return bracketed === undefined && hostName.test(host)
    ? { host: host.toLowerCase().replace(/\.$/, ''), port }
    : null
}

/** A name ends in a letter somewhere: what ends in a number is an address, rightly or wrongly spelt. */
const hostName = /^(?!.*(?:^|\.)(?:\d+|0x[\da-f]*)\.?$)[\w-]+(\.[\w-]+)*\.?$/i

function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  if (text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text)) {
    return canonicalAddress(ipaddr.IPv6.parse(text))
  }
  return null
}
