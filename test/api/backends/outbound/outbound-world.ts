import { afterEach, beforeEach } from 'vitest'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import type { OutboundAnswer } from '../../../../api/backends/outbound/exchange.ts'
import type { OutboundConnection } from '../../../../api/backends/outbound/outbound-connection.ts'
import { Outbound, type OutboundOptions } from '../../../../api/backends/outbound/outbound.ts'
import { FakeClock } from '../fake-clock.ts'
import { startServer } from '../fake-server.ts'

/** Never aborted before the tests are over. */
export const signal = AbortSignal.timeout(60_000)

/** Stands for a provider's token: nothing that fails may repeat it. */
export const canary = 'canary-token-5f1d'

/** Servers and connections of one test, which are closed after it, and time of its own. */
export class OutboundWorld {
  clock = new FakeClock()
  readonly #closing: (() => unknown)[] = []

  constructor() {
    beforeEach(() => {
      this.clock = new FakeClock()
    })
    afterEach(async () => {
      for (const close of this.#closing.splice(0)) await close()
    })
  }

  afterwards(close: () => unknown): void {
    this.#closing.push(close)
  }

  async serve(...args: Parameters<typeof startServer>): ReturnType<typeof startServer> {
    const server = await startServer(...args)
    this.afterwards(server.close)
    return server
  }

  /** A connection for which 127.0.0.1 is allowed, unless the options say otherwise. */
  connectTo(
    address: string,
    { caCertificate, ...options }: OutboundOptions & { caCertificate?: string } = {},
  ): OutboundConnection {
    const allow = parseAllowList('127.0.0.1')
    const outbound = new Outbound({ allow, clock: this.clock, random: () => 0.5, ...options })
    const connection = outbound.connect({ address, caCertificate })
    this.afterwards(() => connection.close())
    return connection
  }
}

/** Asks for a path, with the canary in a header. */
export function get(
  connection: OutboundConnection,
  path = '/',
  options = { signal },
): Promise<OutboundAnswer> {
  const url = new URL(path, connection.address)
  return connection.send({ method: 'GET', url, headers: { 'x-token': canary } }, options)
}
