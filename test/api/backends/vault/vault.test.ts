import { createRequire } from 'node:module'
import type { RequestListener } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { type FakeVault, send, startVault } from './fake-vault.ts'
import { openVault } from './open-vault.ts'

const signal = AbortSignal.timeout(60_000)

describe('a Vault', () => {
  let vault: FakeVault
  let backend: SecretBackend
  beforeEach(async () => {
    vault = await startVault({ mounts: { secret: 2, 'team/kv': 2, old: 1 } })
    vault.put('secret/data/app', '{"k":"v"}')
    backend = await openVault(vault.address)
  })
  afterEach(() => vault.close())
  const read = (path: string, version?: string) => backend.read(path, { signal, version })
  const detections = () => vault.requests.filter((request) => request.includes('/ui/mounts/'))

  it('is asked once where a mount ends, however many read at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, at) => read(`team/kv/s${at}`)))
    await read('team/kv/data/other')
    expect(detections()).toHaveLength(1)
    expect(vault.requests).toContain('GET /v1/team/kv/data/s7')
    expect(vault.requests).toContain('GET /v1/team/kv/data/other')
  })

  it('is asked about a mount anew when another caller gave up', async () => {
    const impatient = backend.read('secret/app', { signal: AbortSignal.abort() })
    const patient = read('secret/app')
    expect(await codeOf(impatient)).toBe('timeout')
    expect((await patient)?.version).toBe('1')
  })

  it('is not asked when mount and version are given', async () => {
    const given = await openVault(vault.address, { mount: '/team/kv/', kvVersion: 2 })
    await given.read('a/b', { signal })
    await given.read('team/kv/a/b', { signal })
    await given.read('data/a/b', { signal })
    expect(vault.requests).toEqual(Array(3).fill('GET /v1/team/kv/data/a/b'))
  })

  it('is taken to be version 2 where asking is forbidden, until that proves right', async () => {
    vault.put('secret/data/x/data/y', '{"k":"v"}')
    vault.answer('sys/internal', (_, response) => send(response, 403, '{"errors":[]}'))
    await read('secret/none')
    await read('secret/app')
    await read('secret/app')
    expect(detections()).toHaveLength(2)
    expect(await codeOf(read('other/kv/data/a'))).toBe('forbidden')
    expect(vault.requests.at(-1)).toBe('GET /v1/other/kv/data/a')
    vault.answer('sys/internal', (_, response) => send(response, 500, '{}'))
    expect(await codeOf(read('third/x'))).toBe('unreachable')
  })

  it("takes a first data/ for the API's, unless it is the whole name", async () => {
    for (const path of ['secret/data', 'secret/data/data', 'secret/data/data/x', 'secret/x/data']) {
      await read(path)
    }
    expect(vault.requests.filter((request) => !request.includes('/ui/mounts/'))).toEqual([
      'GET /v1/secret/data/data',
      'GET /v1/secret/data/data',
      'GET /v1/secret/data/data/x',
      'GET /v1/secret/data/x/data',
    ])
    expect(await codeOf(read('secret'))).toBe('path_invalid')
  })

  it('keeps the exact text of what is stored', async () => {
    const text = '{ "z" : 12345678901234567890, "1": 1.10, "__proto__": {"a":"\\u00e9"}, "a":"x" }'
    vault.put('old/exact', text)
    const own = await openVault(vault.address, { mount: 'old', kvVersion: 1 })
    expect((await own.read('old/exact', { signal }))?.value.reveal().toString()).toBe(text)
  })

  it('gets its token, namespace and mark, and nothing from the environment', async () => {
    const environment = {
      VAULT_TOKEN: 'hvs.deployment',
      VAULT_NAMESPACE: 'deployment',
      VAULT_ADDR: 'http://127.0.0.1:1',
      VAULT_PREFIX: '/elsewhere',
      VAULT_SKIP_VERIFY: '1',
    }
    const seen: unknown[] = []
    const echo: RequestListener = ({ headers, url }, response) => {
      seen.push([
        url,
        headers['x-vault-token'],
        headers['x-vault-namespace'],
        headers['x-vault-request'],
      ])
      send(response, 404, '{"errors":[]}')
    }
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    try {
      const plain = await startVault({ mounts: {} })
      plain.answer('', echo)
      const settings = { mount: 'kv', kvVersion: 1, token: 'hvs.own' } as const
      await (await openVault(plain.address, settings)).read('x', { signal })
      await (
        await openVault(plain.address, { ...settings, namespace: 'a/b' })
      ).read('x', { signal })
      await plain.close()
    } finally {
      vi.unstubAllEnvs()
    }
    expect(seen).toEqual([
      ['/v1/kv/x', 'hvs.own', undefined, 'true'],
      ['/v1/kv/x', 'hvs.own', 'a/b', 'true'],
    ])
  })

  it('is not talked about when DEBUG is set', async () => {
    const require = createRequire(createRequire(import.meta.url).resolve('node-vault'))
    const debug = require('debug') as { enable(name: string): void; disable(): void }
    const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    debug.enable('*')
    await read('secret/app')
    debug.disable()
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
  })

  it('may stand below a path of its server', async () => {
    const proxied = await startVault({ mounts: {} })
    proxied.answer('', (_, response) => send(response, 404, '{"errors":[]}'))
    const below = await openVault(`${proxied.address}/vault/`, { mount: 'kv', kvVersion: 1 })
    expect(await below.read('x', { signal })).toBeNull()
    expect(proxied.requests).toEqual(['GET /vault/v1/kv/x'])
    await proxied.close()
  })

  it('reports what a token may do, as far as it can tell', async () => {
    const can = async (mount?: string) =>
      (await (await openVault(vault.address, { mount })).check({ signal })).can
    expect(await can('secret')).toEqual({ read: true, write: true, list: 'unknown' })
    expect(await can()).toEqual({ read: 'unknown', write: 'unknown', list: 'unknown' })
    const { identity } = await backend.check({ signal })
    expect(identity).toEqual({
      displayName: 'token-agyn',
      expiresAt: '2027-01-01T00:00:00.500Z',
      renewable: true,
    })
    expect(vault.requests.filter((request) => request.startsWith('GET /v1/secret'))).toEqual([])
  })

  it('reports what a token may do where managed secrets come to lie, when the settings say where', async () => {
    const can = async (capabilities: Record<string, readonly string[]>) => {
      const limited = await startVault({ mounts: { secret: 2 }, capabilities })
      const own = await openVault(limited.address, { pathPrefix: 'secret/data/agyn' })
      const report = await own.check({ signal })
      await limited.close()
      return report.can
    }
    expect(await can({ 'secret/data/agyn/probe': ['create', 'read'] })).toEqual({
      read: true,
      write: true,
      list: false,
    })
    expect(await can({ 'secret/metadata/agyn/a/b/': ['list'] })).toEqual({
      read: 'unknown',
      write: false,
      list: true,
    })
  })

  it('says when a version was deleted', async () => {
    vault.change('secret/data/app', 1, 'deleted')
    const failure = await failureOf(read('secret/app'))
    expect(failure.message).toContain('2026-02-03T04:05:06Z')
  })

  it.each([
    ['2027-01-01T02:00:00.123456789+02:00', '2027-01-01T00:00:00.123Z'],
    ['never', undefined],
    ['2', undefined],
    ['2027-13-45T99:99:99Z', undefined],
    ['', undefined],
  ])('whose token expires at %j is reported to expire at %j', async (expire_time, expiresAt) => {
    const data = { display_name: 'token-agyn', expire_time, policies: ['root'] }
    vault.answer('auth/token', (_, response) => send(response, 200, JSON.stringify({ data })))
    expect((await backend.check({ signal })).identity.expiresAt).toBe(expiresAt)
  })

  it('is quoted with two hundred characters of a name at most, and whole ones', async () => {
    const data = { display_name: `${'x'.repeat(199)}😀`, policies: ['root'] }
    vault.answer('auth/token', (_, response) => send(response, 200, JSON.stringify({ data })))
    const { displayName = '' } = (await backend.check({ signal })).identity
    expect(displayName).toBe(`${'x'.repeat(199)}\ufffd`)
  })

  it('refuses a token that could not be sent', async () => {
    for (const token of ['', 'two words', 'line\nbreak', 'ünï']) {
      const failure = await failureOf(openVault(vault.address, { token }))
      expect(failure.code).toBe('forbidden')
    }
  })
})

describe('a mount that is upgraded from version 1 to 2', () => {
  const mounts: Record<string, 1 | 2> = {}
  let vault: FakeVault
  beforeEach(async () => {
    mounts['kv'] = 1
    vault = await startVault({ mounts })
    vault.put('kv/app', '{"k":"old"}')
    vault.put('kv/data/app', '{"k":"v1"}')
    vault.put('kv/data/app', '{"k":"v2"}')
  })
  afterEach(() => vault.close())
  /** What version 2 answers where version 1 would have the secret. */
  const versioned: RequestListener = (_, response) =>
    send(
      response,
      404,
      '{"errors":[],"warnings":["Invalid path for a versioned K/V secrets engine."]}',
    )
  const upgrade = () => {
    mounts['kv'] = 2
    vault.answer('kv/app', versioned)
  }
  const detections = () => vault.requests.filter((request) => request.includes('/ui/mounts/'))

  it('is asked about again, once, and read on without a restart', async () => {
    const backend = await openVault(vault.address)
    expect(await backend.read('kv/app', { signal })).not.toHaveProperty('version')
    upgrade()
    const many = Array.from({ length: 5 }, () => backend.read('kv/app', { signal }))
    for (const stored of await Promise.all(many)) expect(stored?.version).toBe('2')
    expect(detections()).toHaveLength(2)
    expect((await backend.read('kv/app', { signal }))?.version).toBe('2')
    expect(detections()).toHaveLength(2)
  })

  it('gives a pinned version at once', async () => {
    const backend = await openVault(vault.address)
    expect(await codeOf(backend.read('kv/app', { signal, version: '1' }))).toBe('version_missing')
    upgrade()
    expect((await backend.read('kv/app', { signal, version: '1' }))?.version).toBe('1')
  })

  it('is not blamed on a setting that nobody made', async () => {
    const backend = await openVault(vault.address)
    vault.answer('kv/app', versioned)
    const failure = await failureOf(backend.read('kv/app', { signal }))
    expect(failure.code).toBe('unreadable_answer')
    expect(`${failure.message} ${failure.hint}`).not.toContain('kvVersion')
    expect(detections()).toHaveLength(2)
  })

  it('is blamed on the setting where there is one, and nothing is asked', async () => {
    const backend = await openVault(vault.address, { kvVersion: 1, mount: 'kv' })
    upgrade()
    const failure = await failureOf(backend.read('kv/app', { signal }))
    expect(failure.code).toBe('path_invalid')
    expect(failure.hint).toContain('kvVersion')
    expect(detections()).toEqual([])
  })
})

describe('an answer that is not a secret', () => {
  const html = '<html><body>Sign in</body></html>'
  it.each<[string, string, RequestListener]>([
    [
      'HTML',
      'unreadable_answer',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html),
    ],
    ['HTML, not found', 'unreadable_answer', (_, response) => response.writeHead(404).end(html)],
    [
      'HTML, forbidden by a proxy',
      'unreadable_answer',
      (_, response) => response.writeHead(403).end(html),
    ],
    [
      'another JSON, not found',
      'unreadable_answer',
      (_, response) => send(response, 404, '{"message":"no route"}'),
    ],
    ['empty', 'unreadable_answer', (_, response) => response.end()],
    [
      'not UTF-8',
      'unreadable_answer',
      (_, response) => response.end(Buffer.from('{"data":"\xff"}', 'latin1')),
    ],
    ['cut short', 'unreadable_answer', (_, response) => response.end('{"data":{"data":{"k":"v"')],
    ['an array', 'unreadable_answer', (_, response) => response.end('[]')],
    ['without data', 'unreadable_answer', (_, response) => response.end('{}')],
    [
      'data that is text',
      'unreadable_answer',
      (_, response) => response.end('{"data":{"data":"x"}}'),
    ],
    [
      'a bad request',
      'unreadable_answer',
      (_, response) => send(response, 400, '{"errors":["missing"]}'),
    ],
    ['unauthorized', 'forbidden', (_, response) => send(response, 401, '{"errors":[]}')],
    [
      'permission denied',
      'forbidden',
      (_, response) => send(response, 403, '{"errors":["permission denied"]}'),
    ],
    ['sealed', 'sealed', (_, response) => send(response, 503, '{"errors":["Vault is sealed"]}')],
    [
      'a standby',
      'unreachable',
      (_, response) => send(response, 503, '{"errors":["node not active"]}'),
    ],
    ['a performance standby', 'unreachable', (_, response) => send(response, 473, '{}')],
    ['a disaster recovery standby', 'unreachable', (_, response) => send(response, 472, '{}')],
    [
      'a gateway without a server',
      'unreachable',
      (_, response) => response.writeHead(502).end(html),
    ],
    [
      'a broken server',
      'unreachable',
      (_, response) => send(response, 500, '{"errors":["1 error occurred"]}'),
    ],
    [
      'a redirect',
      'redirect_refused',
      (_, response) => response.writeHead(307, { location: '/' }).end(),
    ],
    ['too large', 'too_large', (_, response) => response.end(Buffer.alloc(2 ** 20 + 1))],
    ['a broken connection', 'unreachable', (request) => request.destroy()],
  ])('is told apart: %s', async (_, code, listener) => {
    const vault = await startVault({ mounts: { secret: 2 } })
    vault.answer('secret/', listener)
    const backend = await openVault(vault.address)
    expect(await codeOf(backend.read('secret/app', { signal }))).toBe(code)
    await vault.close()
  })

  it('passes on when to come back', async () => {
    const vault = await startVault({ mounts: { secret: 2 } })
    vault.answer('secret/', (_, response) => {
      response.setHeader('retry-after', '7')
      send(response, 429, '{"errors":["request path kv: rate limit quota exceeded"]}')
    })
    const failure = await failureOf((await openVault(vault.address)).read('secret/app', { signal }))
    expect(failure).toMatchObject({ code: 'throttled', retryAfterSeconds: 7 })
    await vault.close()
  })

  it('is asked for again when the limit passes', async () => {
    const vault = await startVault({ mounts: { secret: 2 } })
    vault.put('secret/data/app', '{"k":"v"}')
    let left = 2
    vault.answer('secret/', (_, response) =>
      left-- > 0
        ? send(response, 429, '{"errors":[]}')
        : send(response, 200, '{"data":{"data":{"k":"v"},"metadata":{"version":4}}}'),
    )
    const stored = await (await openVault(vault.address)).read('secret/app', { signal })
    expect(stored?.version).toBe('4')
    await vault.close()
  })

  it('does not ask a sealed Vault again', async () => {
    const vault = await startVault({ mounts: { secret: 2 } })
    vault.answer('', (_, response) => send(response, 503, '{"errors":["Vault is sealed"]}'))
    await codeOf((await openVault(vault.address)).read('secret/app', { signal }))
    expect(vault.requests).toHaveLength(1)
    await vault.close()
  })
})
