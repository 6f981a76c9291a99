import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, failureOf } from '../describe-backend.ts'
import { FakeClock } from '../fake-clock.ts'
import { type FakeServer, startServer } from '../fake-server.ts'
import {
  audience,
  email,
  type FakeGoogle,
  rightKey,
  startGoogle,
  subjectToken,
} from './fake-google.ts'
import { federation, impersonation, openGcp, serviceAccountKey, subjectUrl } from './open-gcp.ts'

const signal = AbortSignal.timeout(60_000)
let google: FakeGoogle
let clock: FakeClock
beforeEach(async () => {
  google = await startGoogle()
  google.manager.put('app', Buffer.from('value'))
  clock = new FakeClock()
})
afterEach(() => google.close())

const open = (keyFile: object | string, options = {}) =>
  openGcp(google.address, keyFile, { clock, ...options })
const key = () => serviceAccountKey(google.address)
const fromUrl = () => federation(google.address, subjectUrl(google.address))

describe('a login', () => {
  it('happens once for all who wait for it, and not before somebody does', async () => {
    const backend = await open(key())
    expect(google.requests).toEqual([])
    await Promise.all(Array.from({ length: 20 }, () => backend.read('app', { signal })))
    expect(google.logins).toEqual(['token'])
  })

  it('is renewed at two thirds of its life', async () => {
    const backend = await open(key())
    await backend.read('app', { signal })
    clock.advance(2_398_000)
    await backend.read('app', { signal })
    expect(google.logins).toHaveLength(1)
    clock.advance(2000)
    await Promise.all([backend.read('app', { signal }), backend.read('app', { signal })])
    while (google.logins.length < 2) await new Promise(setImmediate)
    google.expireTokens()
    await backend.read('app', { signal })
    expect(google.logins).toHaveLength(3)
  })

  it('that cannot be renewed serves until its end', async () => {
    const backend = await open(key())
    await backend.read('app', { signal })
    google.interruptLogin('token', (_, response) => void response.writeHead(400).end())
    clock.advance(3_000_000)
    expect(await backend.read('app', { signal })).not.toBeNull()
    clock.advance(600_000)
    expect(await codeOf(backend.read('app', { signal }))).toBe('forbidden')
  })

  it('is not tied to the patience of whoever came first', async () => {
    const backend = await open(key())
    const impatience = new AbortController()
    const impatient = backend.read('app', { signal: impatience.signal })
    const patient = backend.read('app', { signal })
    impatience.abort()
    expect(await failureOf(impatient)).toMatchObject({ code: 'timeout', notSent: true })
    expect(await patient).not.toBeNull()
    expect(google.logins).toHaveLength(1)
  })

  it('is given up after a while', async () => {
    google.interruptLogin('token', (request) => void request.resume())
    const backend = await open(key())
    const reading = failureOf(backend.read('app', { signal }))
    while (google.logins.length === 0) await new Promise(setImmediate)
    clock.advance(30_000)
    expect(await reading).toMatchObject({ code: 'timeout', notSent: true })
  })

  it('that was refused is not repeated at once, nor for each who asks', async () => {
    google.interruptLogin('token', (_, response) => void response.writeHead(401).end())
    const backend = await open(key())
    for (let at = 0; at < 10; at += 1) {
      const failure = await failureOf(backend.read('app', { signal }))
      expect(failure).toMatchObject({ code: 'forbidden', notSent: true })
    }
    expect(google.logins).toHaveLength(1)
    clock.advance(10_000)
    expect(await codeOf(backend.read('app', { signal }))).toBe('forbidden')
    expect(google.logins).toHaveLength(2)
  })

  it('is repeated once, and not for each call, when the store goes on refusing', async () => {
    const backend = await open(key())
    await backend.read('app', { signal })
    google.interrupt((_, response) => void response.writeHead(401).end('{"error":{"code":401}}'))
    for (let at = 0; at < 10; at += 1) {
      expect(await codeOf(backend.read('app', { signal }))).toBe('forbidden')
    }
    expect(google.logins).toHaveLength(2)
    expect(await failureOf(backend.read('app', { signal }))).toMatchObject({ notSent: true })
    google.interrupt(undefined)
    clock.advance(10_000)
    expect(await backend.read('app', { signal })).not.toBeNull()
  })

  it.each([
    [429, 'throttled'],
    [500, 'unreachable'],
    [403, 'forbidden'],
    [404, 'forbidden'],
    [307, 'redirect_refused'],
  ])('that is answered with %i fails as %s', async (status, code) => {
    const location = 'http://127.0.0.1:1'
    google.interruptLogin(
      'token',
      (_, response) => void response.writeHead(status, { location }).end(),
    )
    const failure = await failureOf((await open(key())).read('app', { signal }))
    expect(failure).toMatchObject({ code, notSent: true })
  })

  it.each([
    'not json',
    '[]',
    '{}',
    '{"access_token":7}',
    '{"access_token":"two words"}',
    '{"access_token":"line\\nbreak"}',
    '{"access_token":""}',
  ])('that is answered with %j brought no token', async (answer) => {
    google.interruptLogin('token', (_, response) => void response.end(answer))
    expect(await codeOf((await open(key())).read('app', { signal }))).toBe('unreadable_answer')
  })
})

describe('a report', () => {
  it('says whose the key is, and until when the token lasts', async () => {
    const { identity } = await (await open(key())).check({ signal })
    expect(identity).toMatchObject({ displayName: email, renewable: true })
    const leftMs = Date.parse(identity.expiresAt ?? '') - Date.now()
    expect(leftMs).toBeGreaterThan(3_500_000)
    expect(leftMs).toBeLessThanOrEqual(3_600_000)
  })

  it('says which account is impersonated, or who is federated', async () => {
    const plain = await open(fromUrl())
    expect((await plain.check({ signal })).identity.displayName).toBe(audience)
    const acting = await open({ ...fromUrl(), ...impersonation(google.address) })
    expect((await acting.check({ signal })).identity.displayName).toBe(email)
    expect(google.logins).toEqual(['subject', 'sts', 'subject', 'sts', 'impersonate'])
  })
})

describe('a key file', () => {
  const { private_key: _, ...withoutKey } = serviceAccountKey('http://127.0.0.1:1')
  const ellipticKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
  const source = (source: object) => federation('http://127.0.0.1:1', source)
  const url = 'http://127.0.0.1:1/subject'

  it.each<[string, object | string]>([
    ['is no JSON', 'canary-5a1d'],
    ['is a list', '["canary-5a1d"]'],
    ['is of another type', { type: 'canary-5a1d' }],
    ['is that of a person', { ...withoutKey, type: 'authorized_user' }],
    ['has no key', withoutKey],
    ['has a key that is none', { ...withoutKey, private_key: 'canary-5a1d' }],
    ['has half a key', { ...withoutKey, private_key: rightKey.slice(0, 200) }],
    ['has a key of another kind', { ...withoutKey, private_key: ellipticKey }],
    ['has a key that is no text', { ...withoutKey, private_key: { 'canary-5a1d': 1 } }],
    [
      'has an address that is none',
      { ...withoutKey, private_key: rightKey, token_uri: 'canary-5a1d' },
    ],
    ['runs a program', source({ executable: { command: 'canary-5a1d' } })],
    ['asks another cloud', source({ environment_id: 'aws1', region_url: 'canary-5a1d' })],
    ['has no source', source({})],
    ['has two sources', source({ url, file: '/canary-5a1d' })],
    ['has a format that is none', source({ url, format: { type: 'canary-5a1d' } })],
    ['has a format without a field', source({ url, format: { type: 'json' } })],
    ['has a header that splits requests', source({ url, headers: { a: 'x\r\ncanary-5a1d: y' } })],
    ['has a header that leads elsewhere', source({ url, headers: { Host: 'canary-5a1d' } })],
    ['names a file that is not allowed', source({ file: '/proc/self/environ' })],
    ['has a token of another type', { ...source({ url }), subject_token_type: 'canary-5a1d' }],
  ])('that %s is refused, and nothing of it repeated', async (_, keyFile) => {
    const failure = await failureOf(open(keyFile))
    expect(failure).toMatchObject({ code: 'misconfigured', notSent: true })
    expect(failure.message + failure.hint).not.toMatch(/canary|BEGIN/)
  })
})

describe('a subject token', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gcp-login-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is read anew for each login', async () => {
    const file = join(folder, 'token')
    await writeFile(file, subjectToken)
    const backend = await open(federation(google.address, { file }), { tokenPaths: [file] })
    expect(await backend.read('app', { signal })).not.toBeNull()
    await writeFile(file, `${subjectToken}x`)
    clock.advance(3_600_000)
    expect(await codeOf(backend.read('app', { signal }))).toBe('forbidden')
  })

  it('may be a member of a JSON file', async () => {
    const file = join(folder, 'token.json')
    await writeFile(file, JSON.stringify({ id_token: subjectToken }))
    const format = { type: 'json', subject_token_field_name: 'id_token' }
    const backend = await open(federation(google.address, { file, format }), { tokenPaths: [file] })
    expect(await backend.read('app', { signal })).not.toBeNull()
  })

  it.each(['', 'AKIA0000', 'KEY=value\nOTHER=value', '{"value":"x"}', 'a.b', 'a.b.c d'])(
    'that does not look like one is handed on to nobody: %j',
    async (content) => {
      google.interruptLogin('subject', (_, response) => void response.end(content))
      const { format: _, ...text } = subjectUrl(google.address)
      const backend = await open(federation(google.address, text))
      const failure = await failureOf(backend.read('app', { signal }))
      expect(failure).toMatchObject({ code: 'misconfigured', notSent: true })
      expect(google.logins).toEqual(['subject'])
    },
  )
})

describe('an address in a key file', () => {
  let trap: FakeServer
  beforeEach(async () => {
    trap = await startServer((_, response) => response.end('{}'))
  })
  afterEach(() => trap.close())

  const places: Readonly<Record<string, (url: string) => object>> = {
    token_uri: (url) => ({ ...key(), token_uri: url }),
    token_url: (url) => ({ ...fromUrl(), token_url: url }),
    'credential_source.url': (url) => ({ ...fromUrl(), credential_source: { url } }),
    service_account_impersonation_url: (url) => ({
      ...fromUrl(),
      service_account_impersonation_url: url,
    }),
  }

  it.each(Object.keys(places))('is held to the rules of a provider: %s', async (place) => {
    const { port } = trap
    const allow = new URL(google.address).host
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://0x7f.1:${port}/?query=1`,
      `http://2130706433:${port}/`,
      'http://169.254.169.254/computeMetadata/v1/token',
      'http://metadata.google.internal/computeMetadata/v1/token',
      `http://user:password@${allow}/token`,
      'file:///etc/passwd',
      'data:application/json,{}',
    ]) {
      const keyFile = places[place]?.(url) ?? {}
      expect(await codeOf(open(keyFile, { allow })), url).toBe('address_refused')
    }
    expect(trap.connections()).toBe(0)
    expect(google.connections()).toBe(0)
  })

  it.each(Object.keys(places))(
    'is looked up, and refused for where it leads: %s',
    async (place) => {
      const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])
      const keyFile = places[place]?.(`http://rebound.test:${trap.port}/`) ?? {}
      const allow = new URL(google.address).host
      const backend = await open(keyFile, { allow, lookup })
      const failure = await failureOf(backend.read('app', { signal }))
      expect(failure).toMatchObject({ code: 'address_refused', notSent: true })
      expect(trap.connections()).toBe(0)
    },
  )

  it.each(Object.keys(places))('that redirects leads nowhere: %s', async (place) => {
    const away = await startServer((_, response) =>
      response.writeHead(307, { location: `${trap.address}/` }).end(),
    )
    const backend = await open(places[place]?.(`${away.address}/`) ?? {})
    expect(await codeOf(backend.read('app', { signal }))).toBe('redirect_refused')
    expect(trap.connections()).toBe(0)
    await away.close()
  })
})
