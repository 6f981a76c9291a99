import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { BackendFailure, SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { expectNone } from '../canaries.ts'
import { failureOf } from '../failure-of.ts'
import { type FakeGoogle, rightKey, send, startGoogle, subjectToken } from './fake-google.ts'
import { refusal } from './fake-secret-manager.ts'
import { federation, impersonation, openGcp, serviceAccountKey, subjectUrl } from './open-gcp.ts'

const signal = AbortSignal.timeout(60_000)
const upstream = 'canary-upstream-7b3d'
const value = 'canary-value-1c9f'

let google: FakeGoogle
beforeEach(async () => {
  google = await startGoogle()
})
afterEach(() => google.close())

/** Neither the keys, nor a token, nor a value, nor anything of what was answered. */
const expectClean = (...shown: readonly object[]): void => {
  const key = rightKey.split('\n')[3] ?? ''
  expectNone([key, subjectToken, ...google.tokens(), upstream, value], ...shown)
}

/** How everything fails that a backend can be asked. */
async function everyFailure(backend: SecretBackend): Promise<BackendFailure[]> {
  const own = { signal, owner: 'x' }
  const secret = SecretValue.fromText(value)
  const failures = await Promise.all(
    [
      backend.read('app', { signal }),
      backend.read('app', { signal, version: '7' }),
      backend.write('app', secret, { ...own, isNew: true, encoding: 'utf8' }),
      backend.write('app', secret, { ...own, isNew: false, encoding: 'utf8' }),
      backend.remove('app', { ...own, forGood: true }),
      backend.restore('app', own),
      backend.list({ signal, limit: 5 }),
      backend.check({ signal }),
    ].map((call) =>
      call.then(
        () => undefined,
        () => failureOf(call),
      ),
    ),
  )
  return failures.filter((failure) => failure !== undefined)
}

it('finds a canary where there is one', () => {
  expect(() => expectClean(new Error('x', { cause: { request: { body: value } } }))).toThrow()
  const token = google.issueToken()
  expect(() => expectClean(new Error(`Bearer ${token}`))).toThrow()
})

const details = [{ '@type': upstream, reason: upstream, metadata: { [upstream]: upstream } }]

it.each<[string, RequestListener]>([
  ...[400, 401, 403, 404, 409, 412, 418, 429, 500, 501, 503].flatMap(
    (status): [string, RequestListener][] => [
      [
        `status ${status}`,
        (_, response) => send(response, refusal(status, upstream, upstream, details)),
      ],
      [`status ${status} of a page`, (_, response) => response.writeHead(status).end(upstream)],
    ],
  ),
  ['a page', (_, response) => response.end(`<html>${upstream}`)],
  ['half of JSON', (_, response) => response.end(`{"payload":{"data":"${upstream}`)],
  ['JSON of something else', (_, response) => response.end(`{"${upstream}":"${upstream}"}`)],
  ['a list', (_, response) => response.end(`["${upstream}"]`)],
  [
    'members of other types',
    (_, response) => response.end(`{"name":["${upstream}"],"payload":"${upstream}","labels":7}`),
  ],
  ['a redirect', (_, response) => response.writeHead(307, { location: `/${upstream}` }).end()],
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
  google.interrupt(listener)
  const backend = await openGcp(google.address, serviceAccountKey(google.address))
  const failures = await everyFailure(backend)
  expect(failures.length).toBeGreaterThan(0)
  expectClean(...failures, backend)
})

it.each(['token', 'subject', 'sts', 'impersonate'])(
  'shows nothing of a login that failed: %s',
  async (door) => {
    const answers: readonly RequestListener[] = [
      (_, response) => send(response, { status: 400, json: { error: upstream } }),
      (_, response) => response.end(`<html>${upstream}`),
      (_, response) => response.end(`{"access_token":"${upstream}\\n","accessToken":7}`),
      (_, response) => response.writeHead(307, { location: `/${upstream}` }).end(),
      (_, response) => response.destroy(),
    ]
    const federated = federation(google.address, subjectUrl(google.address))
    const keyFile =
      door === 'token'
        ? serviceAccountKey(google.address)
        : { ...federated, ...impersonation(google.address) }
    for (const answer of answers) {
      google.interruptLogin(door, answer)
      const failures = await everyFailure(await openGcp(google.address, keyFile))
      expect(failures).toHaveLength(8)
      expectClean(...failures)
    }
  },
)

it('shows no token and no value when a backend is printed', async () => {
  google.manager.put('app', Buffer.from(value))
  const backend = await openGcp(google.address, serviceAccountKey(google.address))
  const stored = await backend.read('app', { signal })
  expectClean(backend, stored ?? {})
})
