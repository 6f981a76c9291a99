import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import type { Transport, TransportRequest, TransportResponse } from '../../../contract/client.ts'
import { readExtraCaCertificates } from '../../plugin/index.ts'
import { addressOf, proxyAuthorization, ProxyFailure, proxyFor } from './proxy-for.ts'

/** An answer that takes longer than this is given up, whatever came of it. */
const TIMEOUT_MS = 60_000

/**
 * A connection idle for longer than this is not used again: servers and proxies close theirs after
 * five seconds and more, and a request that meets the closing has an unknown outcome.
 */
const IDLE_MS = 4000

const kept = { keepAlive: true, timeout: IDLE_MS } as const

/**
 * Sends requests over kept-alive connections, through the proxy that the environment names. Not `fetch`:
 * it takes no certificates and no proxy, and Node loads it for 15 ms at each start of the provider.
 */
export function keepAliveTransport(url: URL, env: NodeJS.ProcessEnv = process.env): Transport {
  let way: Promise<Way> | undefined
  return async (request) => await send(await (way ??= wayTo(url, env)), request)
}

/** How requests get to the API. */
interface Way {
  readonly request: typeof httpRequest
  readonly options: RequestOptions
  /** A proxy that is asked for each request. One that only connects us is the agent's affair. */
  readonly proxy?: URL
}

/** Found at the first call, so that a provider that only validates reads no certificate. */
async function wayTo(url: URL, env: NodeJS.ProcessEnv): Promise<Way> {
  const proxy = proxyFor(url, env)
  const isSecure = url.protocol === 'https:'
  if (!isSecure && proxy?.protocol !== 'https:') {
    const options = { agent: new HttpAgent(kept) }
    return { request: httpRequest, options, ...(proxy === null ? {} : { proxy }) }
  }
  const [https, tls] = await Promise.all([import('node:https'), import('node:tls')])
  const extra = readExtraCaCertificates(env)
  const secure = { ...kept, ...(extra === null ? {} : { ca: [...tls.rootCertificates, extra] }) }
  if (isSecure && proxy !== null) {
    const { TunnelAgent } = await import('./tunnel.ts')
    return { request: https.request, options: { agent: new TunnelAgent(proxy, secure) } }
  }
  const options = { agent: new https.Agent(secure) }
  return { request: https.request, options, ...(proxy === null ? {} : { proxy }) }
}

/** A request that was not answered in time. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime'
  constructor() {
    super(`not within ${TIMEOUT_MS / 1000} s`)
  }
}

/** An answer that sends us elsewhere. It is not followed, for the token would go along. */
export class Redirected extends Error {
  override readonly name = 'Redirected'
  constructor(location: string | undefined) {
    super(`it redirects to ${location ?? 'nowhere'}`)
  }
}

async function send(way: Way, request: TransportRequest): Promise<TransportResponse> {
  const { body, signal } = request
  signal?.throwIfAborted()
  const outgoing = way.request(optionsOf(way, request))
  // Timed by hand: in Node 20 `AbortSignal.any` can lose an `AbortSignal.timeout` to garbage collection,
  // and then nothing ever ends (https://github.com/nodejs/node/issues/57736).
  let late: NotInTime | undefined
  const timer = setTimeout(() => outgoing.destroy((late = new NotInTime())), TIMEOUT_MS)
  const stop = () => outgoing.destroy(signal?.reason as Error)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve)
      outgoing.on('error', reject)
      outgoing.end(body)
    })
    return await receive(incoming, way)
  } catch (error) {
    if (late) throw late
    throw way.proxy && isUnconnected(error) ? new ProxyFailure(way.proxy, { cause: error }) : error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

function optionsOf(
  { options, proxy }: Way,
  { url, method, headers, body }: TransportRequest,
): RequestOptions {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const own = { ...options, method, headers: { ...headers, ...length } }
  if (!proxy) return { ...own, ...addressOf(url), path: `${url.pathname}${url.search}` }
  // It is told the whole address (RFC 9112, 3.2.2).
  const toProxy = { ...own.headers, host: url.host, ...proxyAuthorization(proxy) }
  return { ...own, ...addressOf(proxy), path: url.href, headers: toProxy }
}

async function receive(incoming: IncomingMessage, { proxy }: Way): Promise<TransportResponse> {
  const { statusCode: status = 0, headers } = incoming
  if (status >= 300 && status < 400) {
    incoming.resume()
    throw new Redirected(headers.location)
  }
  if (status === 407 && proxy) {
    incoming.resume()
    throw new ProxyFailure(proxy, { status })
  }
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return {
    status,
    header: (name) => [headers[name]].flat()[0] ?? null,
    text: Buffer.concat(chunks).toString('utf8'),
  }
}

/** Whether no connection came about, so that nothing was sent. */
export const isUnconnected = (error: unknown): boolean =>
  unconnected.has((error as NodeJS.ErrnoException | undefined)?.code ?? '')

const unconnected: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
])
