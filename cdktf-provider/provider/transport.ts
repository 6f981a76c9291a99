import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import type { Transport, TransportRequest, TransportResponse } from '../../contract/client.ts'
import { readExtraCaCertificates } from '../plugin/index.ts'

/** An answer that takes longer than this is given up, whatever came of it. */
const TIMEOUT_MS = 60_000

/**
 * A connection idle for longer than this is not used again: servers and proxies close theirs after
 * five seconds and more, and a request that meets the closing has an unknown outcome.
 */
const IDLE_MS = 4000

/**
 * Sends requests over kept-alive connections. Not `fetch`: it takes no certificates of its own, and
 * Node loads it for 15 ms at each start of the provider.
 */
export function keepAliveTransport(url: URL): Transport {
  if (url.protocol === 'http:') {
    const agent = new HttpAgent({ keepAlive: true, timeout: IDLE_MS })
    return (request) => send(httpRequest, { agent }, request)
  }
  let secure: ReturnType<typeof loadHttps> | undefined
  return async (request) => {
    const { https, agent } = await (secure ??= loadHttps())
    return await send(https.request, { agent }, request)
  }
}

/** Loaded at the first call, so that a provider that only validates never reads a certificate. */
async function loadHttps() {
  const [https, tls] = await Promise.all([import('node:https'), import('node:tls')])
  const extra = readExtraCaCertificates()
  const ca = extra === null ? {} : { ca: [...tls.rootCertificates, extra] }
  return { https, agent: new https.Agent({ keepAlive: true, timeout: IDLE_MS, ...ca }) }
}

function send(
  request: typeof httpRequest,
  options: object,
  { method, url, headers, body, signal }: TransportRequest,
): Promise<TransportResponse> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      ...options,
      method,
      headers:
        body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    outgoing.once('error', (error) =>
      reject(timeout.aborted ? new Error(`not within ${TIMEOUT_MS / 1000} s`) : error),
    )
    outgoing.once('response', (incoming) => {
      const { statusCode = 0, headers } = incoming
      if (statusCode >= 300 && statusCode < 400) {
        incoming.resume()
        // Not followed, for the token would go along.
        return reject(new Error(`it redirects to ${headers.location ?? 'nowhere'}`))
      }
      readAll(incoming).then(
        (text) =>
          resolve({
            status: statusCode,
            header: (name) => [headers[name]].flat()[0] ?? null,
            text,
          }),
        reject,
      )
    })
    outgoing.end(body)
  })
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
