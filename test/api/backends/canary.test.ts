import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { expect, it } from 'vitest'
import type { BackendFailure, StoredSecret } from '../../../api/backends/backend.ts'
import { selectKey } from '../../../api/backends/select-key.ts'
import { everythingOf, expectNone } from './canaries.ts'
import { failureOf } from './describe-backend.ts'
import { FakeClock } from './fake-clock.ts'
import { rightToken, send, startVault } from './vault/fake-vault.ts'
import { openVault } from './vault/open-vault.ts'

const signal = AbortSignal.timeout(60_000)
const upstream = 'canary-upstream-7b3d'
const value = 'canary-value-1c9f'
const body = `{"errors":["${upstream}"],"data":{"x":"${upstream}"}}`

const expectClean = (failure: BackendFailure): void =>
  expectNone([rightToken, upstream, value], failure)

it('finds a canary where there is one', () => {
  const leaking = [
    new Error(rightToken),
    new Error('x', { cause: { config: { headers: { 'X-Vault-Token': rightToken } } } }),
    Object.assign(new Error('x'), { rawPacket: Buffer.from(upstream) }),
  ]
  expect(everythingOf(leaking[0] as Error)).toContain(rightToken)
  expect(everythingOf(leaking[1] as Error)).toContain(rightToken)
  expect(() => expectClean(leaking[1] as BackendFailure)).toThrow()
})

const statuses = [400, 401, 403, 404, 405, 412, 418, 429, 472, 473, 500, 501, 502, 503, 504]

it.each<[string, RequestListener]>([
  ...statuses.map((status): [string, RequestListener] => [
    `status ${status}`,
    (_, response) => send(response, status, status === 404 ? `{"x":"${upstream}"}` : body),
  ]),
  ['HTML', (_, response) => response.end(`<html>${upstream}`)],
  ['a reason phrase', (_, response) => response.writeHead(403, upstream).end(body)],
  ['broken JSON', (_, response) => response.end(`${upstream}{`)],
  ['a secret that is text', (_, response) => response.end(`{"data":"${upstream}"}`)],
  [
    'a redirect',
    (_, response) => response.writeHead(307, { location: `http://${upstream}.test` }).end(),
  ],
  [
    'a strange retry-after',
    (_, response) => response.writeHead(429, { 'retry-after': upstream }).end('{}'),
  ],
  [
    'a strange encoding',
    (_, response) => response.writeHead(200, { 'content-encoding': upstream }).end('x'),
  ],
  [
    'broken compression',
    (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(upstream),
  ],
  [
    'a bomb',
    (_, response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(upstream.repeat(2 ** 17))),
  ],
  ['a long answer', (_, response) => response.end(upstream.repeat(2 ** 17))],
  [
    'a long header',
    (_, response) => response.writeHead(200, { 'x-long': upstream.repeat(2000) }).end(),
  ],
  [
    'half an answer',
    (_, response) =>
      response
        .writeHead(200, { 'content-length': '999' })
        .write(upstream, () => response.destroy()),
  ],
  [
    'a deleted version',
    (_, response) =>
      send(
        response,
        404,
        `{"data":{"data":null,"metadata":{"deletion_time":"${upstream}","version":"${upstream}"}}}`,
      ),
  ],
  ['no connection', (request) => request.destroy()],
])('shows no token and nothing of the answer: %s', async (_, listener) => {
  const vault = await startVault({ mounts: { secret: 2 } })
  vault.answer('secret/', listener)
  vault.answer('auth/', listener)
  const backend = await openVault(vault.address)
  expectClean(await failureOf(backend.read('secret/app', { signal })))
  expectClean(await failureOf(backend.read('secret/app', { signal, version: '9' })))
  expectClean(await failureOf(backend.check({ signal })))
  await vault.close()
})

it('shows none when the other side does not speak HTTP', async () => {
  const server = createServer((socket) => socket.end(`${upstream}\r\n\r\n`)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const backend = await openVault(`http://127.0.0.1:${port}`)
  expectClean(await failureOf(backend.read('secret/app', { signal })))
  const secure = await openVault(`https://127.0.0.1:${port}`)
  expectClean(await failureOf(secure.read('secret/app', { signal })))
  server.close()
})

it('shows none when nobody answers, the caller gives up, or time is up', async () => {
  const vault = await startVault({ mounts: { secret: 2 } })
  vault.answer('secret/', () => clock.advance(5000))
  const clock = new FakeClock()
  expectClean(
    await failureOf((await openVault('http://127.0.0.1:1')).read('secret/app', { signal })),
  )
  const backend = await openVault(vault.address, { clock })
  const aborted = AbortSignal.abort(new Error(rightToken))
  expectClean(await failureOf(backend.read('secret/app', { signal: aborted })))
  const late = await failureOf(backend.read('secret/app', { signal }))
  expect(late.code).toBe('timeout')
  expectClean(late)
  await vault.close()
})

it('shows none when a token or a namespace cannot be sent', async () => {
  expectClean(await failureOf(openVault('http://127.0.0.1:1', { token: `${rightToken}\n` })))
  const backend = await openVault('http://127.0.0.1:1', { namespace: 'a\nb' })
  expectClean(await failureOf(backend.read('secret/app', { signal })))
})

it('shows no value when a key is missing, and none when a backend is printed', async () => {
  const vault = await startVault({ mounts: { secret: 2 } })
  vault.put('secret/data/app', `{"a":"${value}","b":null}`)
  const backend = await openVault(vault.address)
  const stored = await backend.read('secret/app', { signal })
  for (const key of ['c', '/a/b', 'b']) {
    expectClean(
      await failureOf(Promise.resolve().then(() => selectKey(stored as StoredSecret, key))),
    )
  }
  const shown =
    inspect([backend, stored], { depth: 20, showHidden: true }) + JSON.stringify([backend, stored])
  for (const canary of [rightToken, value]) expect(shown).not.toContain(canary)
  await vault.close()
})
