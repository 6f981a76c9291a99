import { BlockList, isIP } from 'node:net'

/** Whether requests to a host leave the networks that are somebody's own, as far as its name tells. */
export function isPublicHost({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const family = isIP(host)
  if (family !== 0) return !own.check(host, family === 6 ? 'ipv6' : 'ipv4')
  // A name without a dot is that of a container, a service or a machine nearby.
  return (
    host.includes('.') &&
    !/\.(localhost|local|internal|intranet|lan|home\.arpa|svc|test)$/.test(host)
  )
}

const own = new BlockList()
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  own.addSubnet(network, prefix, 'ipv4')
}
own.addAddress('::1', 'ipv6')
own.addSubnet('fc00::', 7, 'ipv6')
own.addSubnet('fe80::', 10, 'ipv6')
