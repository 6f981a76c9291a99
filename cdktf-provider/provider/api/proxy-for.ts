import { BlockList, isIP } from 'node:net'

/**
 * The proxy that requests to `url` go through, or null. It reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY as
 * Go does, because Terraform and most of its providers are written in it and share these variables:
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | null {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const given = read(env, name)
  if (given === '' || isExempt(url, read(env, 'NO_PROXY'))) return null
  const written = given.includes('://') ? given : `http://${given}`
  const proxy = URL.canParse(written) ? new URL(written) : null
  if (proxy === null || !/^https?:$/.test(proxy.protocol) || proxy.hostname === '') {
    throw new BadProxy(name)
  }
  return proxy
}

/** A variable that names no proxy this provider could use. Its value is not quoted: it may hold a password. */
export class BadProxy extends Error {
  override readonly name = 'BadProxy'
  readonly variable: string

  constructor(variable: string) {
    super(`${variable} is not a proxy`)
    this.variable = variable
  }
}

/** The proxy could not be reached, or did not let us through; then `status` is what it answered. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure'
  /** Without the user and the password that its address may have. */
  readonly proxy: string
  readonly status: number | undefined

  constructor({ protocol, host }: URL, options: ErrorOptions & { readonly status?: number }) {
    super(`the proxy ${protocol}//${host}`, options)
    this.proxy = `${protocol}//${host}`
    this.status = options.status
  }
}

/** What a request to the proxy itself is made with. */
export const addressOf = ({ protocol, hostname, port }: URL) => ({
  protocol,
  hostname: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port) || (protocol === 'https:' ? 443 : 80),
})

/** The header that a proxy with a user wants. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const both = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(both).toString('base64')}` }
}

const read = (env: NodeJS.ProcessEnv, name: string): string =>
  (env[name] || env[name.toLowerCase()] || '').trim()

function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || contains(loopback, host)) return true
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => entry === '*' || (entry !== '' && covers(entry, host, port)))
}

/** An address, a range, or a domain with all that is below it; `.domain` and `*.domain` are only what is below. */
function covers(entry: string, host: string, port: string): boolean {
  const range = /^(.+)\/(\d+)$/.exec(entry)
  if (range) return contains(listOf(range[1] ?? '', Number(range[2])), host)
  const [, bracketed, name = bracketed ?? '', ownPort] =
    /^(?:\[(.+)\]|([^:]+|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? []
  if (ownPort !== undefined && ownPort !== port) return false
  if (isIP(name) || isIP(host)) return name === host
  const domain = name.replace(/^\*?\./, '')
  return host.endsWith(`.${domain}`) || (domain === name && host === domain)
}

const loopback = listOf('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

function listOf(address: string, prefix: number): BlockList {
  const list = new BlockList()
  const family = isIP(address)
  if (family === 4 && prefix <= 32) list.addSubnet(address, prefix, 'ipv4')
  if (family === 6 && prefix <= 128) list.addSubnet(address, prefix, 'ipv6')
  return list
}

function contains(list: BlockList, host: string): boolean {
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
