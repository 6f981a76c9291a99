import { createSecureServer, createServer, type Http2Server, type Http2Session } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { toPem, type Certificate } from './certificate.ts'
import type { Endpoint } from './handshake.ts'
import { log } from './log.ts'
import { answer, type Procedure } from './unary-grpc.ts'

export interface RpcServerOptions {
  readonly endpoint: Endpoint
  /** Our certificate and the only one that may connect. Null speaks plain HTTP/2. */
  readonly tls: { readonly own: Certificate; readonly peer: Buffer } | null
  /** Looks a procedure up by its path, such as `/tfplugin6.Provider/ReadResource`. */
  find(path: string): Promise<Procedure | undefined>
  /** Called when the number of open sessions changes. */
  onSessions?(open: number): void
  /** Called when Terraform has asked us to go and been answered. */
  onShutdown(): void
}

export interface RpcServer {
  close(): void
}

/** Serves gRPC over the connections of an endpoint. */
export function serveRpc(options: RpcServerOptions): RpcServer {
  const { endpoint, tls, onSessions } = options
  const settings = { initialWindowSize: windowBytes, maxConcurrentStreams: 1 << 20 }
  const server = tls
    ? createSecureServer({
        settings,
        key: tls.own.key,
        cert: toPem(tls.own.der),
        requestCert: true,
        // The pin below decides. `ca` with a certificate would do, but makes Node build its whole root
        // store first, which takes 20 ms; an empty list does not.
        ca: [],
        rejectUnauthorized: false,
        minVersion: 'TLSv1.2',
      })
    : createServer({ settings })
  if (tls) pin(server, tls.peer)

  const sessions = new Set<Http2Session>()
  server.on('session', (session: Http2Session) => {
    // The setting is for streams alone; together they share the connection's own window (RFC 9113, 6.9.2).
    session.setLocalWindowSize(windowBytes)
    sessions.add(session)
    onSessions?.(sessions.size)
    session.on('error', (error) => log('debug', 'session failed', { error }))
    session.on('close', () => {
      sessions.delete(session)
      onSessions?.(sessions.size)
    })
  })
  server.on('tlsClientError', (error: Error) => log('warn', 'TLS handshake failed', { error }))
  server.on('sessionError', (error: Error) => log('debug', 'session failed', { error }))
  server.on('stream', (stream, headers) => {
    const leaving = headers[':path'] === SHUTDOWN
    // Closing the session first gets the answer out before the process ends.
    const { session } = stream
    if (leaving) stream.on('close', () => session?.close(options.onShutdown))
    void answer(stream, headers, leaving ? orNothing(options.find) : options.find)
  })
  endpoint.accept((socket) => server.emit('connection', socket))
  return {
    close() {
      for (const session of sessions) session.destroy()
      endpoint.close()
    },
  }
}

// The default of 64 KiB would make Terraform stop and wait within a large state.
const windowBytes = 4 << 20

/**
 * go-plugin's own call, a procedure like others. Terraform waits for its answer, however long it takes;
 * without one it waits two seconds for every process and kills it.
 */
export const SHUTDOWN = '/plugin.GRPCController/Shutdown'

/** A provider that could not be loaded has nothing to do before it goes, and goes. */
const orNothing =
  (find: RpcServerOptions['find']): RpcServerOptions['find'] =>
  async (path) =>
    (await find(path).catch(() => undefined)) ?? (() => new Uint8Array())

/**
 * Lets in the one client Terraform announced: TLS has proved that the peer holds its certificate's key,
 * and this that it is that very certificate. It runs before HTTP/2 sees the connection.
 */
function pin(server: Http2Server, expected: Buffer): void {
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    if (socket.getPeerX509Certificate()?.raw.equals(expected)) return
    log('error', 'a client with another certificate, or none, was refused')
    socket.destroy()
  })
}
