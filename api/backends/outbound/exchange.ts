import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { BackendFailure } from '../backend.ts'
import { connectionFailure } from './connection-failure.ts'
import type { Agents } from './guarded-agents.ts'

export interface OutboundRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Buffer | undefined
  /** Knows answers that look as if trying again might help, though it will not. */
  readonly isFinal?: (answer: OutboundAnswer) => boolean
  /** Knows answers that say "too many requests" in another way than by 429. */
  readonly isThrottled?: (answer: OutboundAnswer) => boolean
  /** Which of the store's limits it counts against; that of reads when left out. */
  readonly kind?: 'read' | 'describe' | 'write'
  /** Sent again only while the server has certainly not acted on it: not after a lost answer. */
  readonly once?: boolean
}

export interface OutboundAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** More than any secret needs, and little enough to hold for each request in flight. */
export const maxAnswerBytes = 1024 * 1024

/**
 * Sends one request and reads the whole answer. Every status but a redirect is an answer; all else
 * that can go wrong is a `BackendFailure` that carries nothing of what was sent or received.
 */
export async function exchange(
  agents: Agents,
  request: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  try {
    const response = await send(agents, request, signal)
    const status = response.statusCode ?? 0
    if (status >= 300 && status < 400) {
      response.destroy()
      throw new BackendFailure(
        'redirect_refused',
        `${request.url.host} answered with a redirect (${status}), which is never followed.`,
        { hint: "Give the server's own address, the one it redirects to." },
      )
    }
    const body = await readBody(response)
    return { status, headers: response.headers, body: await decompress(response.headers, body) }
  } catch (error) {
    throw error instanceof BackendFailure ? error : connectionFailure(error, request.url)
  }
}

function send(
  agents: Agents,
  request: OutboundRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { url, method, body } = request
  const secure = url.protocol === 'https:'
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const outgoing = (secure ? https : http).request(url, {
      method,
      agent: secure ? agents.https : agents.http,
      headers: { 'accept-encoding': 'identity', ...request.headers, ...length },
    })
    outgoing.once('response', resolve)
    // Stays on after the answer has begun: an error without a listener would end the process.
    outgoing.on('error', reject)
    outgoing.end(body)
    const giveUp = () => {
      // At once: the request tells so only once it has a socket, and waits for a name server first.
      reject(signal.reason as Error)
      outgoing.destroy(signal.reason as Error)
    }
    signal.addEventListener('abort', giveUp, { once: true })
  })
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    // Leaving the loop by throwing destroys the connection.
    if (length > maxAnswerBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** We ask for no compression; some proxies compress all the same. */
async function decompress(headers: IncomingHttpHeaders, body: Buffer): Promise<Buffer> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || body.length === 0) return body
  const inflate = decoders[encoding]
  if (!inflate) throw unreadable('it is compressed in an unknown way')
  try {
    return await inflate(body, { maxOutputLength: maxAnswerBytes })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge()
      : unreadable('its compression is broken')
  }
}

type Decoder = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

const decoders: Readonly<Record<string, Decoder | undefined>> = {
  gzip: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  'x-gzip': promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  deflate: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate),
  br: promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress),
}

const tooLarge = (): BackendFailure =>
  new BackendFailure('too_large', 'The answer is larger than 1 MiB, more than any secret may be.')

const unreadable = (why: string): BackendFailure =>
  new BackendFailure('unreadable_answer', `The answer cannot be read: ${why}.`)
