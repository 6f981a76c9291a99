import { request as httpRequest } from 'node:http'
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https'
import { isIP, isIPv6 } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import { addressOf, proxyAuthorization, ProxyFailure } from './proxy-for.ts'

/** A proxy that takes longer to connect us is given up. */
const TIMEOUT_MS = 30_000

/**
 * Keeps connections to an HTTPS server alive through a proxy, which sees only where they go (CONNECT,
 * RFC 9110, 9.3.6). By Node's own means: the usual library writes the proxy's password to stderr, and so
 * into Terraform's log, where DEBUG is set, and drops what an agent is told about idle connections.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL

  constructor(proxy: URL, options: ConstructorParameters<typeof Agent>[0]) {
    super(options)
    this.#proxy = proxy
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const proxy = this.#proxy
    const { ca } = options
    const [host, port] = [options.host ?? '', options.port ?? 443]
    const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`
    // Node takes an error alone, which its type does not say.
    const fail = callback as ((error: Error) => void) | undefined
    const ask = proxy.protocol === 'https:' ? httpsRequest : httpRequest
    const asking = ask({
      ...addressOf(proxy),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      agent: false,
      timeout: TIMEOUT_MS,
      ...(ca === undefined ? {} : { ca }),
    })
    asking.once('connect', ({ statusCode: status = 0 }, socket) => {
      if (status === 200) {
        const servername = isIP(host) === 0 ? { servername: host } : {}
        socket.setTimeout(0)
        return callback?.(null, connect({ ...(options as object), ...servername, socket }))
      }
      socket.destroy()
      fail?.(new ProxyFailure(proxy, { status }))
    })
    asking.once('timeout', () => asking.destroy(new Error(`not within ${TIMEOUT_MS / 1000} s`)))
    asking.once('error', (cause) => fail?.(new ProxyFailure(proxy, { cause })))
    asking.end()
  }
}
