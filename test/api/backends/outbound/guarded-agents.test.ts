import type { LookupAddress } from 'node:dns'
import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import { describe, expect, it } from 'vitest'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../../../api/backends/outbound/outbound.ts'
import { codeOf } from '../describe-backend.ts'
import { forbiddenHosts } from './forbidden-hosts.ts'
import { get, OutboundWorld, signal } from './outbound-world.ts'

const world = new OutboundWorld()

describe('the way to a forbidden address', () => {
  it('is closed to every spelling: nothing arrives at the trap', async () => {
    const trap = await world.serve((_, response) => response.end('trapped'))
    const lookups: string[] = []
    const lookup = (host: string): Promise<LookupAddress[]> => {
      lookups.push(host)
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    }
    for (const host of [...forbiddenHosts, 'vault.example.com', 'rebind.example.com']) {
      const attempt = async () => {
        const connection = new Outbound({ clock: world.clock, lookup }).connect({
          address: `http://${host}:${trap.port}`,
        })
        return get(connection)
      }
      expect(await codeOf(attempt()), host).toBe('address_refused')
    }
    expect(trap.connections()).toBe(0)
    expect(lookups).toEqual(['vault.example.com', 'rebind.example.com'])
  })

  it('is closed to agents alone, as an SDK would use them', async () => {
    const trap = await world.serve((_, response) => response.end('trapped'))
    const { agents } = new Outbound().connect({ address: 'http://vault.example.com' })
    for (const host of ['127.0.0.1', '::1', '2130706433', '0x7f.1', 'localhost', '']) {
      const request = http.get({ host, port: trap.port, agent: agents.http })
      const [error] = (await once(request, 'error')) as [Error]
      expect(error.message, host).toMatch(/not allowed|host and port|ECONNREFUSED/)
    }
    expect(trap.connections()).toBe(0)
  })

  it.each([
    ['one good address and one bad', ['10.0.0.1', '127.0.0.1']],
    ['a mapped one', ['::ffff:127.0.0.1']],
    ['a metadata service', ['169.254.169.254']],
    ['NAT64', ['64:ff9b::7f00:1']],
  ])('is closed to a name that leads to %s', async (_, addresses) => {
    const trap = await world.serve((_, response) => response.end('trapped'))
    const lookup = () =>
      Promise.resolve(
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    const connection = world.connectTo(`http://vault.example.com:${trap.port}`, {
      lookup,
      allow: [],
    })
    expect(await codeOf(get(connection))).toBe('address_refused')
    expect(trap.connections()).toBe(0)
  })

  it('stays closed to a name that changes its mind between two connections', async () => {
    const trap = await world.serve((_, response) => response.end('trapped'))
    // First an allowed address where nobody listens, then, for the second try, the trap.
    const answers = ['127.0.0.2', '127.0.0.1']
    const lookup = () => Promise.resolve([{ address: answers.shift() ?? '127.0.0.1', family: 4 }])
    const options = { lookup, allow: parseAllowList('127.0.0.2') }
    const connection = world.connectTo(`http://rebind.example.com:${trap.port}`, options)
    expect(await codeOf(get(connection))).toBe('address_refused')
    expect(answers).toEqual([])
    expect(trap.connections()).toBe(0)
  })

  it.each(['alias.example.com', '10.0.0.9', 'localhost', '[::ffff:10.0.0.9]'])(
    'is closed to our own database as %s, though it was given under another name',
    async (host) => {
      const address = host === 'localhost' ? '127.0.0.1' : '10.0.0.9'
      const lookups: string[] = []
      const lookup = (name: string) => {
        lookups.push(name)
        return Promise.resolve([{ address, family: 4 }])
      }
      const options = {
        lookup,
        allow: parseAllowList('127.0.0.0/8'),
        database: [{ host: 'db.internal', port: 5432 }],
      }
      const attempt = get(world.connectTo(`http://${host}:5432`, options))
      expect(await codeOf(attempt)).toBe('address_refused')
      expect(lookups).toContain('db.internal')
    },
  )

  it('is open to another port of the machine our database is on', async () => {
    const server = await world.serve((_, response) => response.end('ok'))
    const lookup = () => Promise.reject(new Error('looked up'))
    const database = [
      { host: 'db.internal', port: 5432 },
      { host: '127.0.0.1', port: 5432 },
      { host: '/var/run/postgresql', port: server.port },
    ]
    const connection = world.connectTo(server.address, { lookup, database })
    expect((await get(connection)).status).toBe(200)
  })

  it('checks a literal address against the name of our database, and lets others pass', async () => {
    const server = await world.serve((_, response) => response.end('ok'))
    const lookup = () => Promise.resolve([{ address: '10.0.0.9', family: 4 }])
    const database = [{ host: 'db.internal', port: server.port }]
    const connection = world.connectTo(server.address, { lookup, database })
    expect((await get(connection)).status).toBe(200)
    expect((await get(connection)).status).toBe(200)
    expect(server.connections()).toBe(1)
  })

  it('is told about options that Node refuses, when an address was looked up first', async () => {
    const lookup = () => Promise.resolve([{ address: '10.0.0.9', family: 4 }])
    const database = [{ host: 'db.internal', port: 5432 }]
    const { agents } = new Outbound({ lookup, database }).connect({ address: 'http://10.0.0.1' })
    const options = { host: '10.0.0.1', port: 5432, localAddress: 'no address', agent: agents.http }
    const [error] = (await once(http.get(options), 'error')) as [Error]
    expect(error.message).toContain('no address')
  })

  it('opens to a host that the operator names, wherever it leads', async () => {
    const server = await world.serve((_, response) => response.end('ok'))
    const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    const options = { lookup, allow: parseAllowList(`vault.test:${server.port}`) }
    expect((await get(world.connectTo(`http://vault.test:${server.port}`, options))).status).toBe(
      200,
    )
  })

  it('reaches localhost at those of its addresses that are allowed, without looking it up', async () => {
    const server = await world.serve((_, response) => response.end('ok'))
    const lookup = () => Promise.reject(new Error('looked up'))
    expect((await get(world.connectTo(`http://localhost:${server.port}`, { lookup }))).status).toBe(
      200,
    )
  })

  it('leads to the first of two addresses although this process is busy', async () => {
    const server = await world.serve((_, response) => response.end('ok'))
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]
    const lookup = () => {
      // When the connection has begun, and before Node can hear of its end.
      process.nextTick(() => process.nextTick(() => process.nextTick(beBusy)))
      return Promise.resolve(addresses)
    }
    const options = { lookup, allow: parseAllowList('127.0.0.1, ::1') }
    const connection = world.connectTo(`http://vault.example.com:${server.port}`, options)
    const request = { method: 'GET', url: connection.address, headers: {}, once: true }
    expect((await connection.send(request, { signal })).status).toBe(200)
    expect(server.connections()).toBe(1)
  })

  it.each(['vault.example.com', '10.0.0.1'])(
    'is given up, to %s, when a name server does not answer',
    async (host) => {
      const asked = new EventEmitter()
      const lookup = () =>
        new Promise<never>(() => {
          asked.emit('asked')
        })
      const database = [{ host: 'db.internal', port: 5432 }]
      const wasAsked = once(asked, 'asked')
      const call = get(world.connectTo(`http://${host}:5432`, { lookup, database }))
      await wasAsked
      world.clock.advance(5000)
      expect(await codeOf(call)).toBe('timeout')
    },
  )
})

function beBusy(): void {
  const end = performance.now() + 400
  while (performance.now() < end);
}
