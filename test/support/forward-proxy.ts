import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface ForwardProxy {
  /** Its host and port, as HTTPS_PROXY takes them. */
  readonly host: string
  /** Method, target and `Proxy-Authorization` of each request, as they were sent. */
  readonly asked: string[]
  close(): void
}

/** A proxy that connects everybody to the server at `port`, wherever they want to go, or refuses all. */
export async function startForwardProxy(
  port: number,
  { refusal }: { readonly refusal?: number } = {},
): Promise<ForwardProxy> {
  const asked: string[] = []
  const note = ({ method, url, headers }: IncomingMessage) =>
    void asked.push([method, url, headers['proxy-authorization']].filter(Boolean).join(' '))
  const server = createServer((request, response) => {
    note(request)
    if (refusal !== undefined) return void response.writeHead(refusal).end('<html>')
    const { method, headers } = request
    const { pathname: path, search } = new URL(request.url ?? '')
    const onwards = httpRequest({ host: '127.0.0.1', port, method, path: path + search, headers })
    onwards.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onwards)
  })
  server.on('connect', (request, client: Socket) => {
    note(request)
    client.on('error', () => {})
    if (refusal !== undefined) return void client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`)
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      client.pipe(upstream).pipe(client)
    })
    upstream.on('error', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
