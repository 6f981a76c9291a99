import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { startServer } from '../fake-server.ts'
import {
  clientId,
  type FakeAzure,
  refuseLogin,
  rightSecret,
  send,
  startAzure,
  tenantId,
} from './fake-azure.ts'
import { openAzure } from './open-azure.ts'

const signal = AbortSignal.timeout(60_000)

describe('a login to Azure', () => {
  let azure: FakeAzure
  beforeEach(async () => {
    azure = await startAzure()
    azure.store.put('app', { value: 'v' })
  })
  afterEach(() => azure.close())
  const read = (backend: SecretBackend, name = 'app') => backend.read(name, { signal })

  it('is one request, however many calls need it', async () => {
    const backend = await openAzure(azure)
    expect(azure.authority.requests).toEqual([])
    await Promise.all(Array.from({ length: 20 }, () => read(backend)))
    expect(azure.authority.requests).toEqual([`POST /${tenantId}/oauth2/v2.0/token`])
    expect(azure.vault.requests).toHaveLength(21) // one of them the challenge
    expect(azure.resources).toEqual(['https://vault.azure.net/.default'])
  })

  it('asks no challenge of a vault in one of the clouds, and hears none', async () => {
    const vaultHost = 'my-vault.vault.azure.net'
    const cloud = await startAzure({ vaultHost })
    cloud.store.put('app', { value: 'v' })
    cloud.challenge = 'Bearer authorization="https://evil.test/t", resource="https://evil.test"'
    const vaultUrl = `https://${vaultHost}:${cloud.vault.port}`
    const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    const backend = await openAzure(cloud, { vaultUrl, lookup })
    await read(backend)
    expect(cloud.vault.requests).toHaveLength(1)
    cloud.revokeTokens()
    await read(backend)
    expect(new Set(cloud.resources)).toEqual(new Set(['https://vault.azure.net/.default']))
    await cloud.close()
  })

  it("is made where the vault's cloud makes it, when the settings do not say", async () => {
    const asked: string[] = []
    const lookup = (host: string) => {
      asked.push(host)
      return Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
    }
    const vaultUrl = 'https://my-vault.vault.usgovcloudapi.net'
    const backend = await openAzure(azure, { vaultUrl, authorityHost: undefined, lookup })
    expect(await codeOf(read(backend))).toBe('unreachable')
    expect(new Set(asked)).toEqual(new Set(['login.microsoftonline.us']))
  })

  it('gives the secret to nobody but its authority, whatever a vault says', async () => {
    const trap = await startServer((_, response) => response.end())
    azure.challenge = `Bearer authorization="${trap.address}/${tenantId}", resource="https://vault.azure.net"`
    await read(await openAzure(azure))
    azure.challenge = `Bearer authorization="${trap.address}/${tenantId}", resource="https://graph.microsoft.com"`
    expect(await codeOf(read(await openAzure(azure)))).toBe('forbidden')
    expect(azure.authority.requests).toHaveLength(1)
    expect(trap.connections()).toBe(0)
    await trap.close()
  })

  it('follows no redirect', async () => {
    const trap = await startServer((_, response) => response.end())
    azure.answerLogin = (_, response) => response.writeHead(307, { location: trap.address }).end()
    expect(await codeOf(read(await openAzure(azure)))).toBe('redirect_refused')
    expect(trap.connections()).toBe(0)
    await trap.close()
  })

  it('is made anew once, when the vault does not take the token', async () => {
    const backend = await openAzure(azure)
    await read(backend)
    azure.revokeTokens()
    await Promise.all([read(backend), read(backend)])
    expect(azure.authority.requests).toHaveLength(2)
  })

  it('is not made again for each call to a vault that takes no token', async () => {
    const backend = await openAzure(azure)
    azure.answer = (_, response) => send(response, 401, {})
    for (let each = 0; each < 5; each += 1) expect(await codeOf(read(backend))).toBe('forbidden')
    expect(azure.authority.requests).toHaveLength(2)
  })

  it.each([
    [7000215, 'its secret is wrong'],
    [7000222, 'its secret has expired'],
    [700016, 'no such application'],
    [90002, 'no such tenant'],
    [1, 'no reason that we know'],
  ])('says why it is refused with AADSTS%i', async (code, why) => {
    azure.answerLogin = (_, response) => refuseLogin(response, code)
    const failure = await failureOf(read(await openAzure(azure)))
    expect(failure).toMatchObject({ code: 'forbidden', notSent: true })
    expect(failure.message).toContain(clientId)
    expect(failure.message).toContain(why)
    expect(failure.hint).toBeDefined()
  })

  it.each<[string, string, NonNullable<FakeAzure['answerLogin']>]>([
    [
      'throttled',
      'throttled',
      (_, response) => response.writeHead(429, { 'retry-after': '9' }).end(),
    ],
    ['not able to answer', 'unreachable', (_, response) => send(response, 503, {})],
    ['a page', 'unreadable_answer', (_, response) => response.end('<html>')],
    ['no token', 'unreadable_answer', (_, response) => send(response, 200, { expires_in: 9 })],
    [
      'a token that cannot be sent',
      'unreadable_answer',
      (_, response) => send(response, 200, { expires_in: 9, access_token: 'a\nb' }),
    ],
    [
      'a token without an end',
      'unreadable_answer',
      (_, response) => send(response, 200, { access_token: 'x' }),
    ],
  ])('is told apart when it is answered by %s', async (_, code, listener) => {
    azure.answerLogin = listener
    expect(await codeOf(read(await openAzure(azure)))).toBe(code)
  })

  it('goes over TLS alone', async () => {
    for (const config of [
      { vaultUrl: 'http://127.0.0.1:1' },
      { authorityHost: 'http://127.0.0.1:1' },
    ]) {
      expect(await failureOf(openAzure(azure, config))).toMatchObject({
        code: 'misconfigured',
        message: `${Object.keys(config)[0]} must begin with https://.`,
      })
    }
  })

  it('does not climb out of its path', async () => {
    const backend = await openAzure(azure, { tenantId: '..' })
    expect(await codeOf(read(backend))).toBe('misconfigured')
    expect(azure.authority.requests).toEqual([])
  })

  it('is reported: as whom, for how long, and whether it may list', async () => {
    const backend = await openAzure(azure)
    expect(await backend.check({ signal })).toEqual({
      identity: {
        displayName: clientId,
        expiresAt: '2027-01-15T08:00:00.000Z',
        renewable: true,
      },
      can: { read: 'unknown', write: 'unknown', list: true },
    })
    azure.answer = (_, response) =>
      send(response, 403, { error: { code: 'Forbidden', innererror: { code: 'AccessDenied' } } })
    expect((await backend.check({ signal })).can.list).toBe(false)
    expect(azure.vault.requests.filter((request) => request.includes('/secrets/'))).toEqual([])
  })

  it("takes nothing from the environment but where the server's own identity is meant", async () => {
    const environment = {
      AZURE_TENANT_ID: 'deployment',
      AZURE_CLIENT_ID: 'deployment',
      AZURE_CLIENT_SECRET: 'canary-of-the-deployment',
      AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1',
      HTTPS_PROXY: 'http://127.0.0.1:1',
    }
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    try {
      expect((await read(await openAzure(azure)))?.value.reveal().toString()).toBe('v')
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('is not talked about, however much the SDK is told to log', async () => {
    const { setLogLevel } = await import('@azure/logger')
    const printed: string[] = []
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      printed.push(String(text))
      return true
    })
    setLogLevel('verbose')
    try {
      const backend = await openAzure(azure)
      await read(backend)
      await backend.check({ signal })
    } finally {
      setLogLevel(undefined)
      spy.mockRestore()
    }
    expect(printed.join('')).toContain('azure:')
    expect(printed.join('')).not.toMatch(new RegExp(`canary|${rightSecret}`))
  })
})
