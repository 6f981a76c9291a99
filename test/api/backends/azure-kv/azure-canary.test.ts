import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { BackendFailure, SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { expectNone } from '../canaries.ts'
import { failureOf } from '../failure-of.ts'
import { type FakeAzure, rightSecret, send, startAzure, tokenCanary } from './fake-azure.ts'
import { openAzure } from './open-azure.ts'

const signal = AbortSignal.timeout(60_000)
const upstream = 'canary-upstream-7b3d'
const value = 'canary-value-1c9f'

let azure: FakeAzure
beforeEach(async () => {
  azure = await startAzure()
})
afterEach(() => azure.close())

const expectClean = (...shown: readonly object[]): void =>
  expectNone([rightSecret, tokenCanary, upstream, value], ...shown)

/** How everything fails that a backend can be asked. */
async function everyFailure(backend: SecretBackend): Promise<BackendFailure[]> {
  const own = { signal, owner: 'x' }
  const secret = SecretValue.fromText(value)
  return await Promise.all(
    [
      backend.read('app', { signal }),
      backend.read('app', { signal, version: '0'.repeat(32) }),
      backend.write('app', secret, { ...own, isNew: true, encoding: 'utf8' }),
      backend.remove('app', { ...own, forGood: true }),
      backend.restore('app', own),
      backend.list({ signal, limit: 5 }),
    ].map(failureOf),
  )
}

it('finds a canary where there is one', () => {
  expect(() => expectClean(new Error('x', { cause: { request: { body: value } } }))).toThrow()
})

const error = { code: upstream, message: upstream, innererror: { code: upstream } }

it.each<[string, RequestListener]>([
  ...[400, 401, 403, 404, 409, 418, 429, 500, 503].flatMap(
    (status): [string, RequestListener][] => [
      [`status ${status}`, (_, response) => send(response, status, { error })],
      [`status ${status} of a page`, (_, response) => response.writeHead(status).end(upstream)],
    ],
  ),
  ['a page', (_, response) => response.end(`<html>${upstream}`)],
  ['half of JSON', (_, response) => response.end(`{"value":"${upstream}`)],
  ['JSON of something else', (_, response) => send(response, 200, { [upstream]: upstream })],
  ['an id that is none', (_, response) => send(response, 200, { id: upstream, value: upstream })],
  [
    'a strange next page',
    (_, response) => send(response, 200, { value: [], nextLink: `https://x/${upstream}` }),
  ],
  ['a redirect', (_, response) => response.writeHead(302, { location: `/${upstream}` }).end()],
  ['a strange header', (_, response) => response.writeHead(429, { 'retry-after': upstream }).end()],
  [
    'a bomb',
    (_, response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(upstream.repeat(2 ** 17))),
  ],
  ['a broken connection', (_, response) => response.destroy()],
])('shows no token, no value and nothing of the answer: %s', async (_, listener) => {
  azure.answer = listener
  expectClean(...(await everyFailure(await openAzure(azure))))
})

it.each<[string, RequestListener]>([
  ['a refusal', (_, response) => send(response, 400, { error: upstream, error_codes: [upstream] })],
  ['a page', (_, response) => response.end(upstream)],
  [
    'a token that cannot be sent',
    (_, response) => send(response, 200, { access_token: `${upstream}\n` }),
  ],
  ['a redirect', (_, response) => response.writeHead(307, { location: `/${upstream}` }).end()],
  ['a broken connection', (_, response) => response.destroy()],
])('shows nothing of a login that failed: %s', async (_, listener) => {
  azure.answerLogin = listener
  expectClean(...(await everyFailure(await openAzure(azure))))
})

it('shows nothing of a challenge', async () => {
  azure.challenge = `Bearer resource="https://${upstream}.test"`
  expectClean(...(await everyFailure(await openAzure(azure))))
})

it('shows no token and no value when a backend is printed', async () => {
  azure.store.put('app', { value })
  const backend = await openAzure(azure)
  const stored = await backend.read('app', { signal })
  expectClean(backend, stored ?? {})
})
