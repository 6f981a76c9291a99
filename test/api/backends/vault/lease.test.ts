import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { OutboundWorld, signal } from '../outbound/outbound-world.ts'
import type { FakeLogin } from './fake-tokens.ts'
import { type FakeVault, send, startVault } from './fake-vault.ts'
import { openVaultAs } from './open-vault.ts'

const world = new OutboundWorld()
let accepts = true

describe('a login to Vault', () => {
  let vault: FakeVault
  let backend: SecretBackend
  beforeEach(() => {
    accepts = true
  })

  const start = async (login: Omit<FakeLogin, 'accepts'> = {}) => {
    vault = await startVault({
      mounts: { secret: 2 },
      forbidden: ['secret/data/forbidden'],
      logins: { approle: { accepts: () => accepts, ...login } },
      clock: world.clock,
    })
    world.afterwards(() => vault.close())
    vault.put('secret/data/app', '{"k":"v"}')
    backend = await openVaultAs(
      {
        address: vault.address,
        authMethod: 'approle',
        roleId: 'role',
        secretId: SecretValue.fromText('canary-secret-id'),
        mount: 'secret',
        kvVersion: 2,
      },
      { clock: world.clock },
    )
  }
  const read = (path = 'app') => backend.read(path, { signal })
  const count = (what: string) => vault.requests.filter((each) => each.endsWith(what)).length
  const logins = () => count('auth/approle/login')
  const renewals = () => count('auth/token/renew-self')
  const passSeconds = (seconds: number) => world.clock.advance(seconds * 1000)

  it('does not happen before it is needed', async () => {
    await start()
    expect(vault.requests).toEqual([])
  })

  it('happens once, however many need it', async () => {
    await start()
    await Promise.all(Array.from({ length: 100 }, () => read()))
    expect(logins()).toBe(1)
    expect(count('secret/data/app')).toBe(100)
  })

  it('goes on for the others when one gives up', async () => {
    await start()
    const impatient = new AbortController()
    const first = backend.read('app', { signal: impatient.signal })
    const second = read()
    impatient.abort()
    expect(await codeOf(first)).toBe('timeout')
    expect(await second).not.toBeNull()
    expect(logins()).toBe(1)
  })

  it('is renewed after two thirds of its life, and not before, while nobody waits', async () => {
    await start({ lifeSeconds: 90 })
    await read()
    passSeconds(59)
    await read()
    expect(renewals()).toBe(0)
    passSeconds(1)
    vault.answer('auth/token/renew-self', () => undefined) // never answers
    await Promise.all([read(), read(), read()])
    await vi.waitFor(() => expect(renewals()).toBe(1))
    expect(logins()).toBe(1)
  })

  it('lives on as long as it is renewed', async () => {
    await start({ lifeSeconds: 90 })
    for (let round = 0; round <= 20; round += 1) {
      await read()
      await vi.waitFor(() => expect(renewals()).toBe(round))
      await read()
      passSeconds(60)
    }
    expect(logins()).toBe(1)
    expect(vault.tokens.living).toHaveLength(1)
  })

  it('is made anew in time when it cannot be renewed', async () => {
    await start({ lifeSeconds: 90, renewable: false })
    await read()
    passSeconds(60)
    await read()
    await vi.waitFor(() => expect(logins()).toBe(2))
    expect(renewals()).toBe(0)
  })

  it('is made anew in time when renewing brings less and less', async () => {
    await start({ lifeSeconds: 90, maxSeconds: 120 })
    await read()
    passSeconds(60)
    await read() // renewed for 60 s, all that is left
    await vi.waitFor(() => expect(renewals()).toBe(1))
    await read()
    passSeconds(41)
    await vi.waitFor(async () => {
      await read()
      expect(logins()).toBe(2)
    })
    expect(renewals()).toBe(1)
    passSeconds(30)
    expect(await read()).not.toBeNull()
    expect(logins()).toBe(2)
  })

  it('is made anew when renewing is refused', async () => {
    await start({ lifeSeconds: 90 })
    await read()
    vault.answer('auth/token/renew-self', (_, response) => send(response, 403, '{"errors":[]}'))
    passSeconds(60)
    await read()
    await vi.waitFor(() => expect(logins()).toBe(2))
  })

  it('is tried to be renewed again, a while after that failed', async () => {
    await start({ lifeSeconds: 90 })
    await read()
    vault.answer('auth/token/renew-self', (_, response) => send(response, 501, '{"errors":[]}'))
    passSeconds(60)
    await read()
    await vi.waitFor(() => expect(renewals()).toBe(1))
    await read()
    expect(renewals()).toBe(1)
    passSeconds(5)
    await read()
    await vi.waitFor(() => expect(renewals()).toBe(2))
    expect(logins()).toBe(1)
  })

  it('is made anew after it expired', async () => {
    await start({ lifeSeconds: 90 })
    await read()
    passSeconds(90)
    await Promise.all(Array.from({ length: 20 }, () => read()))
    expect(logins()).toBe(2)
    expect(count('secret/data/app')).toBe(21)
  })

  it('that does not expire is kept', async () => {
    await start({ lifeSeconds: 1 })
    vault.answer('auth/approle', (_, response) =>
      send(response, 200, '{"auth":{"client_token":"hvs.canary-token-9a41","lease_duration":0}}'),
    )
    await read()
    passSeconds(10_000_000)
    await read()
    expect([logins(), renewals()]).toEqual([1, 0])
  })

  it('is made anew once when its token is dead, whoever finds out', async () => {
    await start()
    await read()
    vault.tokens.revokeAll()
    const all = await Promise.all(Array.from({ length: 30 }, () => read()))
    expect(all).not.toContain(null)
    expect(logins()).toBe(2)
    expect(count('lookup-self')).toBe(1)
  })

  it('is not made anew because a path is forbidden, however often it is asked for', async () => {
    await start()
    const refused = Array.from({ length: 1000 }, () => codeOf(read('forbidden')))
    expect(new Set(await Promise.all(refused))).toEqual(new Set(['forbidden']))
    expect(logins()).toBe(1)
    expect(count('lookup-self')).toBe(1)
    passSeconds(6)
    await codeOf(read('forbidden'))
    expect(count('lookup-self')).toBe(2)
    expect(logins()).toBe(1)
  })

  it('is made anew once in a while at most when a token may not look itself up', async () => {
    await start()
    vault.answer('auth/token/lookup-self', (_, response) => send(response, 403, '{"errors":[]}'))
    for (let at = 0; at < 20; at += 1) expect(await codeOf(read('forbidden'))).toBe('forbidden')
    expect(logins()).toBe(2)
    expect(await read()).not.toBeNull()
  })

  it('that is refused says how, where and what to look at, and is not tried by all who wait', async () => {
    await start()
    accepts = false
    const failures = await Promise.all(Array.from({ length: 50 }, () => failureOf(read())))
    for (const { code, message, hint, notSent } of failures) {
      expect(code).toBe('forbidden')
      expect(message).toBe('The approle login at auth/approle failed. Vault refused (400).')
      expect(hint).toContain('secret id')
      expect(notSent).toBe(true)
    }
    await failureOf(read())
    expect(logins()).toBe(1)
    accepts = true
    passSeconds(10)
    expect(await read()).not.toBeNull()
  })

  it('that did not succeed for another reason says which', async () => {
    await start()
    for (const [status, body, code] of [
      [503, '{"errors":["Vault is sealed"]}', 'sealed'],
      [500, '{"errors":["could not load backend configuration"]}', 'unreachable'],
      [429, '{"errors":[]}', 'throttled'],
      [200, '<html>', 'unreadable_answer'],
      [200, '{"auth":null}', 'unreadable_answer'],
      [200, '{"auth":{"client_token":"","mfa_requirement":{}}}', 'unreadable_answer'],
      [200, '{"auth":{"client_token":"line\\nbreak","lease_duration":1}}', 'unreadable_answer'],
    ] as const) {
      vault.answer('auth/approle', (_, response) => send(response, status, body))
      const failure = await failureOf(read())
      expect(failure.code, body).toBe(code)
      expect(failure.message).toContain('approle login at auth/approle')
    }
  })

  it('is given back at the end', async () => {
    await start()
    await read()
    expect(vault.tokens.living).toHaveLength(1)
    await backend.close()
    expect(vault.tokens.living).toEqual([])
  })

  it('is given back when the end comes while it is made', async () => {
    await start()
    const reading = read().catch(() => null)
    await vi.waitFor(() => expect(logins()).toBe(1))
    await backend.close()
    await reading
    expect(vault.tokens.living).toEqual([])
  })

  it('is in no failure, be it the credentials or what they brought', async () => {
    await start()
    const failures = [
      () => vault.answer('auth/approle', (_, response) => send(response, 500, '{"errors":[]}')),
      () => vault.answer('auth/approle', (request) => request.destroy()),
      () => vault.answer('auth/approle', (_, response) => response.end('s.canary-lease')),
      () => vault.heal(),
      () => vault.answer('secret/', (_, response) => send(response, 400, '{"errors":[]}')),
      () => vault.answer('secret/', (request) => request.destroy()),
    ]
    for (const bringAbout of failures) {
      vault.heal()
      bringAbout()
      const error: unknown = await read('forbidden').catch((failure: unknown) => failure)
      expect(error).toMatchObject({ name: 'BackendFailure' })
      expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/canary/)
      expect(JSON.stringify(error)).not.toMatch(/canary/)
    }
  })

  it('is made in the namespace of the provider, and below its address', async () => {
    await start()
    const seen: unknown[] = []
    vault.answer('', ({ url, headers }, response) => {
      seen.push([url, headers['x-vault-namespace'], headers['x-vault-token']])
      send(response, 200, '{"auth":{"client_token":"hvs.lease","lease_duration":60},"data":{}}')
    })
    const own = await openVaultAs(
      {
        address: vault.address,
        authMethod: 'approle',
        roleId: 'role',
        secretId: SecretValue.fromText('id'),
        namespace: 'team-a/dev',
        mount: 'secret',
        kvVersion: 1,
      },
      { clock: world.clock },
    )
    await own.read('app', { signal })
    await own.close()
    expect(seen).toEqual([
      ['/v1/auth/approle/login', 'team-a/dev', undefined],
      ['/v1/secret/app', 'team-a/dev', 'hvs.lease'],
      ['/v1/auth/token/revoke-self', 'team-a/dev', 'hvs.lease'],
    ])
  })

  it('does not hold up the end, when it is not taken back', async () => {
    await start()
    await read()
    vault.answer('auth/token/revoke-self', () => undefined)
    const closed = backend.close()
    await vi.waitFor(() => expect(count('revoke-self')).toBe(1))
    passSeconds(3)
    await expect(closed).resolves.toBeUndefined()
  })
})

describe('a token file', () => {
  it('is read anew at each login, and only when it is one of those that may be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vault-token-'))
    world.afterwards(() => rm(folder, { recursive: true }))
    const seen: string[] = []
    const vault = await startVault({
      mounts: { secret: 2 },
      clock: world.clock,
      logins: { kubernetes: { accepts: ({ jwt = '' }) => seen.push(jwt) > 0, lifeSeconds: 90 } },
    })
    world.afterwards(() => vault.close())
    const tokenPath = join(folder, 'token')
    const open = (tokenPaths: readonly string[]) =>
      openVaultAs(
        { address: vault.address, authMethod: 'kubernetes', role: 'app', tokenPath },
        { clock: world.clock, tokenPaths },
      )
    const refused = await failureOf((await open([])).read('secret/app', { signal }))
    expect(refused).toMatchObject({ code: 'misconfigured' })
    expect(refused.message).toContain('kubernetes login at auth/kubernetes')
    expect(vault.requests).toEqual([])

    const backend = await open([tokenPath])
    expect(await codeOf(backend.read('secret/app', { signal }))).toBe('misconfigured')
    for (const content of ['first\n', 'second']) {
      await writeFile(tokenPath, content)
      await backend.read('secret/app', { signal })
      world.clock.advance(90_000)
    }
    expect(seen).toEqual(['first', 'second'])
  })
})
