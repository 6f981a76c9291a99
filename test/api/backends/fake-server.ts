import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface FakeServer {
  readonly address: string
  readonly port: number
  /** What has been asked, in order: method and target as they were sent. */
  readonly requests: string[]
  /** How many connections were made, whatever came of them. */
  connections(): number
  close(): Promise<void>
}

/** A server on 127.0.0.1, at a port that the system chose. */
export async function startServer(
  listener: RequestListener,
  tls?: { key: string; cert: string },
): Promise<FakeServer> {
  const requests: string[] = []
  const onRequest: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    return listener(request, response)
  }
  const server: Server = tls ? createSecureServer(tls, onRequest) : createServer(onRequest)
  let connections = 0
  server.on('connection', () => (connections += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export async function readBody(request: IncomingMessage): Promise<string> {
  // A character may lie across two chunks.
  request.setEncoding('utf8')
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
