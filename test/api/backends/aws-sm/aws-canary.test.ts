import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { expectNone } from '../canaries.ts'
import { failureOf } from '../failure-of.ts'
import { type FakeAws, rightKeys, rightToken, role, send, startAws } from './fake-aws.ts'
import { openAws } from './open-aws.ts'

const signal = AbortSignal.timeout(60_000)
const upstream = 'canary-upstream-7b3d'
const value = 'canary-value-1c9f-and-more'
const canaries = [
  rightKeys.secretAccessKey,
  rightToken,
  upstream,
  value,
  'canary-assumed-secret',
  'canary-assumed-token',
]

let aws: FakeAws
beforeEach(async () => {
  aws = await startAws()
  aws.secrets.store('app', value)
})
afterEach(() => aws.close())

const keys = { ...rightKeys, sessionToken: rightToken }

/** What comes of everything that a backend can be asked; a check may tell that something is forbidden. */
async function everyOutcome(backend: SecretBackend): Promise<readonly object[]> {
  const own = { signal, owner: 'us', encoding: 'utf8' } as const
  const secret = SecretValue.fromText(value)
  const report = await backend.check({ signal }).catch((error: unknown) => error as Error)
  const calls = [
    backend.read('app', { signal }),
    backend.read('app', { signal, version: 'AWSPREVIOUS' }),
    backend.write('new', secret, { ...own, isNew: true }),
    backend.write('app', secret, { ...own, isNew: false }),
    backend.remove('app', { ...own, forGood: true }),
    backend.restore('app', own),
    backend.list({ signal, limit: 5 }),
  ]
  return [report, ...(await Promise.all(calls.map(failureOf)))]
}

it('finds a canary where there is one', () => {
  const leaking = new Error('x', { cause: { $response: { body: value } } })
  expect(() => expectNone(canaries, leaking)).toThrow()
})

const error = { __type: upstream, message: upstream, Message: upstream }

it.each<[string, RequestListener]>([
  ...[400, 401, 403, 404, 413, 418, 429, 500, 503].map((status): [string, RequestListener] => [
    `status ${status}`,
    (_, response) => send(response, status, error),
  ]),
  ...['AccessDeniedException', 'InvalidRequestException', 'ThrottlingException'].map(
    (__type): [string, RequestListener] => [
      __type,
      (_, response) => send(response, 400, { ...error, __type }),
    ],
  ),
  [
    'XML',
    (_, response) =>
      response.writeHead(403).end(`<Code>AccessDenied</Code><Message>${upstream}</Message>`),
  ],
  ['a page', (_, response) => response.end(`<html>${upstream}`)],
  ['broken JSON', (_, response) => response.end(`{"SecretString":"${upstream}`)],
  ['another type', (_, response) => send(response, 200, { SecretString: { upstream } })],
  ['no base64', (_, response) => send(response, 200, { SecretBinary: `${upstream}%` })],
  ['a header', (_, response) => response.writeHead(403, { 'x-amzn-errortype': upstream }).end()],
  ['a reason phrase', (_, response) => response.writeHead(403, upstream).end()],
  ['a redirect', (_, response) => response.writeHead(307, { location: `/${upstream}` }).end()],
  [
    'a bomb',
    (_, response) => response.writeHead(200, gzip).end(gzipSync(upstream.repeat(2 ** 17))),
  ],
  ['a long answer', (_, response) => response.end(upstream.repeat(2 ** 17))],
  [
    'half an answer',
    (_, response) => response.writeHead(200, long).write(upstream, () => response.destroy()),
  ],
  ['no connection', (request) => request.socket.destroy()],
])('shows no key, no value and nothing of the answer: %s', async (_, listener) => {
  aws.answer('*', listener)
  expectNone(canaries, ...(await everyOutcome(await openAws(aws.address, { keys }))))
  aws.heal()
  aws.answer('AssumeRole', listener)
  expectNone(canaries, ...(await everyOutcome(await openAws(aws.address, { keys, ...role }))))
})

const gzip = { 'content-encoding': 'gzip' }
const long = { 'content-length': '999' }

it('shows none in what a batch answers', async () => {
  const Errors = [{ SecretId: 'app', ErrorCode: 'AccessDeniedException', Message: upstream }]
  aws.answer('BatchGetSecretValue', (_, response) =>
    send(response, 200, { Errors: [...Errors, { SecretId: 'b', ErrorCode: upstream }] }),
  )
  const backend = await openAws(aws.address, { keys })
  const reads = [{ path: 'app' }, { path: 'b' }, { path: 'c' }]
  const outcomes = (await backend.batch?.read(reads, { signal })) ?? []
  expect(outcomes).toMatchObject([{ code: 'forbidden' }, null, null])
  expectNone(canaries, outcomes)
})

it('shows none when keys cannot be sent', async () => {
  const wrong = { ...keys, secretAccessKey: `${rightKeys.secretAccessKey}\n` }
  expectNone(canaries, await failureOf(openAws(aws.address, { keys: wrong })))
})

it('shows none when a backend and what it read are printed', async () => {
  const backend = await openAws(aws.address, { keys, ...role })
  const stored = await backend.read('app', { signal })
  expect(stored?.value.reveal().toString()).toBe(value)
  expectNone(canaries, [backend, stored])
})
