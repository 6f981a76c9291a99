import ipaddr from 'ipaddr.js'
import { type Address, canonicalAddress } from './address-kind.ts'

/** A host as the policy compares it: no brackets, no final dot, lower case, numbers spelt plainly. */
export function canonicalHost(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const address = `http://${bare.includes(':') ? `[${bare}]` : bare}/`
  // The WHATWG parser knows the octal, hexadecimal and short forms that a resolver would understand.
  const known = URL.canParse(address) ? new URL(address).hostname : bare.toLowerCase()
  return known.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

/** The address that a canonical host is, when it is one and not a name. */
export function parseHost(host: string): Address | null {
  return ipaddr.isValid(host) ? canonicalAddress(ipaddr.parse(host)) : null
}

/** `host:port` as it stands in a URL. */
export function formatHost(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** RFC 6761: these names are this machine, whatever a resolver says. */
export function isLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

export const localAddresses: readonly Address[] = [ipaddr.parse('127.0.0.1'), ipaddr.parse('::1')]

/** Names under which clouds answer questions about the machine, credentials included. */
export const metadataNames: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
])
