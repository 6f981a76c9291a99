import { EventEmitter, once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { codeOf, failureOf } from '../describe-backend.ts'
import { canary, get, OutboundWorld, signal } from './outbound-world.ts'

const world = new OutboundWorld()

describe('a connection to a provider', () => {
  it('sends what it is given and answers what comes back', async () => {
    const server = await world.serve((request, response) => {
      response.writeHead(201, { 'x-seen': String(request.headers['x-token']) }).end('hello')
    })
    const answer = await get(world.connectTo(server.address), '/a%2Fb?c=d')
    expect([answer.status, answer.headers['x-seen'], answer.body.toString()]).toEqual([
      201,
      canary,
      'hello',
    ])
    expect(server.requests).toEqual(['GET /a%2Fb?c=d'])
  })

  it('keeps its connections alive', async () => {
    const server = await world.serve((_, response) => response.end('x'))
    const connection = world.connectTo(server.address)
    for (let call = 0; call < 5; call += 1) await get(connection)
    expect(server.connections()).toBe(1)
  })

  it('ignores proxies in the environment', async () => {
    const proxy = await world.serve((_, response) => response.end('proxy'))
    const server = await world.serve((_, response) => response.end('server'))
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']
    for (const name of names) vi.stubEnv(name, proxy.address)
    world.afterwards(() => vi.unstubAllEnvs())
    expect((await get(world.connectTo(server.address))).body.toString()).toBe('server')
    expect(proxy.connections()).toBe(0)
  })

  it('refuses to be used for another server', async () => {
    const connection = world.connectTo('http://127.0.0.1:1')
    const request = { method: 'GET', url: new URL('http://127.0.0.1:2/'), headers: {} }
    await expect(connection.send(request, { signal })).rejects.toThrow(TypeError)
  })
})

describe('trying again', () => {
  const answering = (...answers: ((response: ServerResponse) => unknown)[]): RequestListener => {
    let at = 0
    return (_, response) =>
      void (answers[Math.min(at++, answers.length - 1)] ?? (() => undefined))(response)
  }
  const status =
    (code: number, headers = {}) =>
    (response: ServerResponse) =>
      response.writeHead(code, headers).end()
  const hangUp = (response: ServerResponse) => response.destroy()

  it.each([412, 429, 500, 502, 503, 504])('mends a passing %i', async (code) => {
    const server = await world.serve(answering(status(code), status(code), status(200)))
    expect((await get(world.connectTo(server.address))).status).toBe(200)
    expect(server.requests).toHaveLength(3)
    expect(world.clock.waits).toEqual([75, 150])
  })

  it('mends a connection that breaks', async () => {
    const server = await world.serve(answering(hangUp, hangUp, status(200)))
    expect((await get(world.connectTo(server.address))).status).toBe(200)
  })

  it('ends after the second time', async () => {
    const server = await world.serve(answering(status(503)))
    expect((await get(world.connectTo(server.address))).status).toBe(503)
    expect(server.requests).toHaveLength(3)
  })

  it.each([200, 204, 400, 401, 403, 404, 405, 501])('is not done after %i', async (code) => {
    const server = await world.serve(answering(status(code)))
    expect((await get(world.connectTo(server.address))).status).toBe(code)
    expect(server.requests).toHaveLength(1)
  })

  it('waits as long as the server asks, up to 2 s', async () => {
    const server = await world.serve(
      answering(status(429, { 'retry-after': '1' }), status(429, { 'retry-after': '3' })),
    )
    expect((await get(world.connectTo(server.address))).status).toBe(429)
    expect(world.clock.waits).toEqual([1000])
  })

  it('is spread by chance', async () => {
    const server = await world.serve(answering(status(503)))
    await get(world.connectTo(server.address, { random: () => 0 }))
    await get(world.connectTo(server.address, { random: () => 0.999 }))
    expect(world.clock.waits.map(Math.round)).toEqual([50, 100, 100, 200])
  })
})

describe('a server that does not answer', () => {
  it('is left alone after five failures, then tried once, then used again', async () => {
    let healthy = false
    const asked = new EventEmitter()
    const held: ServerResponse[] = []
    const server = await world.serve((_, response) => {
      if (!healthy) return void response.destroy()
      held.push(response)
      asked.emit('asked')
    })
    const connection = world.connectTo(server.address)
    expect(await codeOf(get(connection))).toBe('unreachable')
    expect(await codeOf(get(connection))).toBe('unreachable')
    expect(server.requests).toHaveLength(5)

    const refused = await failureOf(get(connection))
    expect(refused).toMatchObject({ code: 'unreachable', retryAfterSeconds: 10 })
    expect(refused.message).toContain('not asked again')
    expect(server.requests).toHaveLength(5)

    world.clock.advance(10_000)
    healthy = true
    const probe = get(connection)
    await once(asked, 'asked')
    expect(await codeOf(get(connection))).toBe('unreachable')
    held.pop()?.end()
    expect((await probe).status).toBe(200)

    const after = get(connection)
    await once(asked, 'asked')
    held.pop()?.end()
    expect((await after).status).toBe(200)
  })

  it('is not left alone while some calls succeed', async () => {
    let answering = false
    const server = await world.serve((_, response) => {
      if (answering) response.end()
      else response.destroy()
    })
    const connection = world.connectTo(server.address)
    for (let round = 0; round < 4; round += 1) {
      answering = false
      expect(await codeOf(get(connection))).toBe('unreachable')
      answering = true
      expect((await get(connection)).status).toBe(200)
    }
  })

  it('is left alone again when the one try fails', async () => {
    const server = await world.serve((_, response) => response.destroy())
    const connection = world.connectTo(server.address)
    await codeOf(get(connection))
    await codeOf(get(connection))
    world.clock.advance(10_000)
    await codeOf(get(connection))
    expect(server.requests).toHaveLength(6)
    expect(await codeOf(get(connection))).toBe('unreachable')
    expect(server.requests).toHaveLength(6)
  })

  it('is not blamed for callers who give up', async () => {
    const asked = new EventEmitter()
    const server = await world.serve((request, response) => {
      if (request.url === '/ok') response.end()
      else asked.emit('asked')
    })
    const connection = world.connectTo(server.address)
    for (let call = 0; call < 8; call += 1) {
      const caller = new AbortController()
      const given = get(connection, '/', { signal: caller.signal })
      await once(asked, 'asked')
      caller.abort()
      expect(await codeOf(given)).toBe('timeout')
    }
    expect((await get(connection, '/ok')).status).toBe(200)
  })

  it('holds up no more than 32 calls at once', async () => {
    const held: ServerResponse[] = []
    const asked = new EventEmitter()
    const server = await world.serve((_, response) => {
      held.push(response)
      if (held.length === 32) asked.emit('full')
      if (server.requests.length > 32) response.end()
    })
    const connection = world.connectTo(server.address)
    const calls = Array.from({ length: 40 }, () => get(connection))
    await once(asked, 'full')
    const impatient = new AbortController()
    const waiting = get(connection, '/impatient', { signal: impatient.signal })
    impatient.abort()
    expect(await codeOf(waiting)).toBe('timeout')
    expect(server.requests).toHaveLength(32)
    for (const response of held) response.end()
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(40).fill(200))
    expect(server.requests).not.toContain('GET /impatient')
  })

  it('is named, with what to look at', async () => {
    const lookup = (host: string) =>
      Promise.reject(
        Object.assign(new Error(), { code: host === 'no.example' ? 'ENOTFOUND' : 'EAI_AGAIN' }),
      )
    const messageOf = async (address: string) =>
      (await failureOf(get(world.connectTo(address, { lookup })))).message
    expect(await messageOf('http://no.example')).toBe(
      'no.example is a name that no address was found for.',
    )
    expect(await messageOf('http://dns.example')).toContain('name server')
    expect(await messageOf(`http://127.0.0.1:${await unusedPort()}`)).toContain(
      'refused the connection',
    )
  })
})

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
