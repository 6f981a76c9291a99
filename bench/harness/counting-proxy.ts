import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

/** Stands before an API, hands every call on, and counts them. */
export class CountingProxy {
  /** Calls since the start. */
  count = 0
  readonly #agent = new http.Agent({ keepAlive: true })
  readonly #server: http.Server

  private constructor(target: string) {
    this.#server = http.createServer((incoming, outgoing) => {
      this.count += 1
      const { method, headers, url = '/' } = incoming
      const call = http.request(new URL(url, target), { agent: this.#agent, method, headers })
      call.once('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        pipeline(answer, outgoing).catch(() => outgoing.destroy())
      })
      pipeline(incoming, call).catch(() => outgoing.destroy())
    })
  }

  static async start(target: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(target)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#agent.destroy()
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
