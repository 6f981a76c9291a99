import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectKey } from '../../api/backends/select-key.ts'
import type { ConfigOf } from '../../api/backends/vault/vault-config.ts'
import { codeOf, failureOf } from '../api/backends/failure-of.ts'
import { type Admin, startAdmin } from './openbao-admin.ts'
import { openWithToken } from './open-live-vault.ts'

const signal = AbortSignal.timeout(240_000)

describe('a Vault provider', () => {
  let admin: Admin
  beforeAll(async () => {
    admin = await startAdmin()
    await admin.mount('team/kv', 2)
    await admin.mount('old', 1)
  })
  afterAll(() => admin.stop())

  const read = async (config: Partial<ConfigOf<'token'>>, path: string, token = admin.token) => {
    const backend = await openWithToken(admin.address, token, config)
    try {
      const stored = await backend.read(path, { signal })
      return stored && selectKey(stored, undefined).reveal().toString()
    } finally {
      await backend.close()
    }
  }

  it('takes a path with or without data/', async () => {
    await admin.call('POST', 'team/kv/data/prod/db', { data: { k: 'v2' } })
    expect(await read({}, 'team/kv/prod/db')).toBe('v2')
    expect(await read({}, 'team/kv/data/prod/db')).toBe('v2')
  })

  it('reads a version 2 secret whose own name begins with data/', async () => {
    await admin.call('POST', 'secret/data/data/x', { data: { k: 'inner' } })
    await admin.call('POST', 'secret/data/x', { data: { k: 'outer' } })
    await admin.call('POST', 'secret/data/data', { data: { k: 'named data' } })
    expect(await read({}, 'secret/data/data/x')).toBe('inner')
    expect(await read({}, 'secret/data/x')).toBe('outer')
    expect(await read({}, 'secret/data')).toBe('named data')
  })

  it('takes data/ in a version 1 mount for a part of the name', async () => {
    await admin.call('POST', 'old/data/x', { k: 'v1' })
    expect(await read({}, 'old/data/x')).toBe('v1')
  })

  it('takes a path without the mount when the settings name one', async () => {
    await admin.call('POST', 'team/kv/data/prod/api', { data: { k: 'short' } })
    for (const path of ['prod/api', 'data/prod/api', 'team/kv/prod/api', 'team/kv/data/prod/api']) {
      expect(await read({ mount: 'team/kv' }, path), path).toBe('short')
      expect(await read({ mount: 'team/kv', kvVersion: 2 }, path), path).toBe('short')
    }
  })

  it('takes the mount for a version 2 when asking is forbidden', async () => {
    await admin.call('POST', 'secret/data/deep/er', { data: { k: 'found' } })
    const token = await admin.tokenFor('path "secret/data/*" { capabilities = ["read"] }')
    expect(await read({}, 'secret/deep/er', token)).toBe('found')
    expect(await read({}, 'secret/data/deep/er', token)).toBe('found')
  })

  it('says what is wrong when the settings name the wrong version', async () => {
    await admin.call('POST', 'secret/data/app', { data: { k: 'v' } })
    expect(await codeOf(read({ kvVersion: 1 }, 'secret/app'))).toBe('path_invalid')
  })

  it('keeps numbers that JavaScript would round', async () => {
    await admin.call('POST', 'old/big', '{"n":12345678901234567890,"z":1.10,"a":-0}')
    expect(await read({}, 'old/big')).toBe('{"a":-0,"n":12345678901234567890,"z":1.10}')
  })

  it('reads names that need encoding', async () => {
    for (const name of [
      'ünï/漢字',
      'with space',
      'a+b',
      'a&b=c',
      "it's(x)!*~",
      '100%',
      'a:b@c;d,e$f',
      'a|b^c"<>',
    ]) {
      await admin.call('POST', `secret/data/${name.split('/').map(encodeURIComponent).join('/')}`, {
        data: { name },
      })
      expect(await read({}, `secret/${name}`)).toBe(name)
    }
  })

  it('refuses mounts that are not key-value engines', async () => {
    await admin.call('POST', 'sys/mounts/transit', { type: 'transit' })
    expect(await codeOf(read({}, 'transit/keys/x'))).toBe('path_invalid')
  })

  it('keeps to its namespace', async () => {
    await admin.call('POST', 'sys/namespaces/team-a')
    await admin.call('POST', 'team-a/sys/mounts/kv', { type: 'kv', options: { version: '2' } })
    await admin.call('POST', 'team-a/kv/data/x', { data: { k: 'in team-a' } })
    expect(await read({ namespace: 'team-a' }, 'kv/x')).toBe('in team-a')
    expect(await read({}, 'kv/x')).toBeNull()
  })

  it('reports whose token it is and what it may do', async () => {
    const token = await admin.tokenFor('path "secret/data/*" { capabilities = ["read"] }')
    const limited = await openWithToken(admin.address, token, { mount: 'secret' })
    const report = await limited.check({ signal })
    expect(report.identity).toMatchObject({ displayName: 'token-tests', renewable: true })
    expect(Date.parse(report.identity.expiresAt ?? '')).toBeGreaterThan(Date.now())
    expect(report.can).toEqual({ read: true, write: 'unknown', list: 'unknown' })
    const root = await openWithToken(admin.address, admin.token, {})
    const { can, identity } = await root.check({ signal })
    expect(can).toEqual({ read: true, write: true, list: true })
    expect(identity.expiresAt).toBeUndefined()
  })

  it('says that it is sealed', async () => {
    const other = await startAdmin()
    await other.call('PUT', 'sys/seal')
    const backend = await openWithToken(other.address, other.token, {})
    expect(await codeOf(backend.read('secret/app', { signal }))).toBe('sealed')
    expect((await failureOf(backend.check({ signal }))).code).toBe('sealed')
    await other.stop()
  })
})
