import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { codeOf, failureOf } from '../describe-backend.ts'
import { canary, get, OutboundWorld } from './outbound-world.ts'

const world = new OutboundWorld()

describe('a hostile answer', () => {
  it.each([301, 302, 303, 307, 308])('of %i is not followed', async (status) => {
    const trap = await world.serve((_, response) => response.end('trapped'))
    const server = await world.serve((_, response) => {
      response.writeHead(status, { location: `${trap.address}/stolen` }).end()
    })
    expect(await codeOf(get(world.connectTo(server.address)))).toBe('redirect_refused')
    expect(trap.connections()).toBe(0)
    expect(server.requests).toHaveLength(1)
  })

  it('that is too large is cut off', async () => {
    const server = await world.serve((_, response) => {
      const more = (): void =>
        void (response.write(Buffer.alloc(256 * 1024))
          ? setImmediate(more)
          : response.once('drain', more))
      more()
    })
    expect(await codeOf(get(world.connectTo(server.address)))).toBe('too_large')
  })

  it('of exactly 1 MiB is read', async () => {
    const server = await world.serve((_, response) => response.end(Buffer.alloc(1024 * 1024)))
    expect((await get(world.connectTo(server.address))).body).toHaveLength(1024 * 1024)
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)(
    'that is compressed with %s is read, unless it grows beyond bounds',
    async (encoding, compress) => {
      const server = await world.serve((request, response) => {
        const size = request.url === '/bomb' ? 64 * 1024 * 1024 : 1000
        response
          .writeHead(200, { 'content-encoding': encoding })
          .end(compress(Buffer.alloc(size, 'a')))
      })
      const connection = world.connectTo(server.address)
      expect((await get(connection)).body.toString()).toBe('a'.repeat(1000))
      expect(await codeOf(get(connection, '/bomb'))).toBe('too_large')
    },
  )

  it.each([
    ['compressed in no known way', { 'content-encoding': 'zip' }],
    ['not what it says', { 'content-encoding': 'gzip' }],
    ['compressed twice', { 'content-encoding': 'gzip, gzip' }],
  ])('that is %s cannot be read', async (_, headers) => {
    const server = await world.serve((_, response) => response.writeHead(200, headers).end('plain'))
    expect(await codeOf(get(world.connectTo(server.address)))).toBe('unreadable_answer')
  })

  it('that drips is cut off after 5 s', async () => {
    const dripped = new EventEmitter()
    const server = await world.serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('a', () => dripped.emit('drip'))
    })
    const call = get(world.connectTo(server.address))
    await once(dripped, 'drip')
    world.clock.advance(4999)
    world.clock.advance(1)
    const { code, hint } = await failureOf(call)
    expect(code).toBe('timeout')
    expect(hint).toContain('firewall')
    expect(server.requests).toHaveLength(1)
  })

  it('that never comes is given up when the caller does', async () => {
    const asked = new EventEmitter()
    const server = await world.serve(() => asked.emit('asked'))
    const caller = new AbortController()
    const call = get(world.connectTo(server.address), '/', { signal: caller.signal })
    await once(asked, 'asked')
    caller.abort(new Error(canary))
    const failure = await failureOf(call)
    expect(failure.code).toBe('timeout')
    expect(failure.message).not.toContain(canary)
  })

  it('that is not HTTP is not read', async () => {
    const server = createServer((socket) => socket.end(`SSH-2.0-OpenSSH ${canary}\r\n`)).listen(
      0,
      '127.0.0.1',
    )
    await once(server, 'listening')
    world.afterwards(() => server.close())
    const { port } = server.address() as { port: number }
    const failure = await failureOf(get(world.connectTo(`http://127.0.0.1:${port}`)))
    expect(failure.code).toBe('unreadable_answer')
    expect(failure.cause).toEqual({ code: expect.stringMatching(/^HPE_/) as string })
  })

  it('with endless headers is too large', async () => {
    const server = await world.serve((_, response) => {
      response.writeHead(200, { 'x-long': 'a'.repeat(64 * 1024) }).end()
    })
    expect(await codeOf(get(world.connectTo(server.address)))).toBe('too_large')
  })
})
