import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import { log } from './log.ts'

/** One remote procedure: a request message in, a response message out. */
export type Procedure = (request: Uint8Array) => Promise<Uint8Array> | Uint8Array

/** gRPC status codes we answer with (https://grpc.io/docs/guides/status-codes/). */
const status = { ok: 0, unimplemented: 12, internal: 13 } as const

/**
 * Answers one gRPC call: one message each way, uncompressed, which is all Terraform uses with a provider.
 * What a procedure throws becomes INTERNAL without its text, which could quote a value.
 */
export async function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  find: (path: string) => Promise<Procedure | undefined>,
): Promise<void> {
  const rpc = headers[':path'] as string
  // A reset by the peer is reported on the stream too, and without a listener ends the process.
  stream.on('error', (error) => log('debug', 'stream failed', { rpc, error }))
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  try {
    const procedure = await find(rpc)
    // At once: go-plugin opens streams, such as its broker's, whose request has no end.
    if (!procedure) {
      log('trace', 'call is not implemented', { rpc })
      return refuse(stream, status.unimplemented, 'This provider does not offer the call.')
    }
    if (!(await ended(stream))) return
    const message = unframe(chunks)
    if (!message) return refuse(stream, status.internal, 'The request is not one whole message.')
    const started = performance.now()
    const response = await procedure(message)
    log('trace', 'call answered', { rpc, durationMs: millisecondsSince(started) })
    respond(stream, response)
  } catch (error) {
    log('error', 'call failed', { rpc, error })
    refuse(stream, status.internal, 'The provider failed; TF_LOG=debug tells where.')
  }
}

/** To the microsecond: most calls take less than a millisecond. */
const millisecondsSince = (started: number) =>
  Math.round((performance.now() - started) * 1000) / 1000

/** Resolves once the request is complete, to false when it will not be. */
function ended(stream: ServerHttp2Stream): Promise<boolean> {
  if (stream.readableEnded || stream.destroyed) return Promise.resolve(stream.readableEnded)
  return new Promise((resolve) => {
    stream.once('end', () => resolve(true))
    stream.once('close', () => resolve(false))
  })
}

/** A message is prefixed with a flag (compressed?) and its length (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
function unframe(chunks: readonly Buffer[]): Uint8Array | null {
  const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  if (body.length < 5 || body[0] !== 0 || body.readUInt32BE(1) !== body.length - 5) return null
  return body.subarray(5)
}

function respond(stream: ServerHttp2Stream, message: Uint8Array): void {
  if (stream.destroyed) return
  const framed = Buffer.allocUnsafe(5 + message.length)
  framed[0] = 0
  framed.writeUInt32BE(message.length, 1)
  framed.set(message, 5)
  stream.respond(head, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status.ok) }))
  stream.end(framed)
}

function refuse(stream: ServerHttp2Stream, code: number, message: string): void {
  if (stream.destroyed || stream.headersSent) return
  stream.respond(
    { ...head, 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message) },
    { endStream: true },
  )
}

const head = { ':status': 200, 'content-type': 'application/grpc' } as const
