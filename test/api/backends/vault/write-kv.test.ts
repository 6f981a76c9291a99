import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { codeOf, failureOf } from '../failure-of.ts'
import { OutboundWorld, signal } from '../outbound/outbound-world.ts'
import { type FakeVault, rightToken, send, startVault } from './fake-vault.ts'
import { openVault } from './open-vault.ts'

const world = new OutboundWorld()
const owner = '01890a5d-ac96-774b-bcce-b302099a8057'
const value = SecretValue.fromText('canary-value-1c9f')
const next = { signal, owner, isNew: false, encoding: 'utf8' } as const
const isNew = { ...next, isNew: true } as const
const denied: RequestListener = (_, response) => send(response, 403, '{"errors":[]}')

const start = async (mounts: Record<string, 1 | 2> = { secret: 2 }): Promise<FakeVault> => {
  const vault = await startVault({ mounts })
  world.afterwards(() => vault.close())
  return vault
}

const conflict = '{"errors":["check-and-set parameter did not match the current version"]}'

/** What was asked of Vault since, apart from where its mounts are. */
const changes = ({ requests }: FakeVault): readonly string[] =>
  requests.filter((request) => !request.startsWith('GET'))

describe('what is written to Vault', () => {
  it('is kept as text, or as base64 that says so', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    await backend.write('secret/text', SecretValue.fromText('t'), isNew)
    const bytes = SecretValue.fromBytes(Buffer.from([0xff, 0]))
    await backend.write('secret/bytes', bytes, { ...isNew, encoding: 'base64' })
    expect(vault.get('secret/data/text')).toBe('{"value":"t"}')
    expect(vault.get('secret/data/bytes')).toBe('{"value":"/wA=","encoding":"base64"}')
  })

  it('is read as bytes only when it is what we wrote', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    const managed = (name: string) =>
      backend.read(`secret/${name}`, { signal, managed: true }).then((stored) => stored?.shape)
    vault.put('secret/data/broken', '{"value":"not base64!","encoding":"base64"}')
    expect(await codeOf(managed('broken'))).toBe('unreadable_answer')
    vault.put('secret/data/other', '{"password":"x"}')
    expect(await codeOf(managed('other'))).toBe('key_missing')
  })

  it('is sent once: an answer that is lost may be that of a success', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    vault.answer('secret/data/lost', (request) => request.destroy())
    const failure = await failureOf(backend.write('secret/lost', value, isNew))
    expect(failure).toMatchObject({ code: 'unreachable', notSent: false })
    vault.answer('secret/data/lost', (_, response) => send(response, 502, '{"errors":[]}'))
    expect((await failureOf(backend.write('secret/lost', value, next))).notSent).toBe(false)
    vault.answer('secret/data/lost', (_, response) => response.end('<html>Sign in</html>'))
    const page = await failureOf(backend.write('secret/lost', value, next))
    expect(page).toMatchObject({ code: 'unreadable_answer', notSent: false })
    const sent = changes(vault).filter((request) => request.includes('/data/'))
    expect(sent).toHaveLength(3)
  })

  it('goes to the version 2 that the mount has become', async () => {
    const mounts: Record<string, 1 | 2> = { kv: 1 }
    const vault = await start(mounts)
    const backend = await openVault(vault.address)
    await backend.write('kv/before', value, isNew)
    mounts['kv'] = 2
    expect(await backend.write('kv/new', value, isNew)).toEqual({ version: '1' })
    await backend.list({ signal, limit: 10, prefix: 'kv' })
    expect(vault.get('kv/data/new')).not.toBeNull()
    mounts['kv'] = 1
    const other = await openVault(vault.address)
    await other.read('kv/before', { signal })
    mounts['kv'] = 2
    expect(await other.write('kv/new', value, next)).toEqual({ version: '2' })
  })

  it('is not taken for written where the mount is another than it was taken for', async () => {
    const vault = await start({ kv: 1 })
    vault.answer('sys/internal', denied)
    const backend = await openVault(vault.address)
    const failure = await failureOf(backend.write('kv/app', value, isNew))
    expect(failure).toMatchObject({ code: 'misconfigured', notSent: true })
    expect(failure.hint).toContain('kvVersion')
    expect(vault.get('kv/data/app')).toBeNull()
    expect(vault.get('kv/metadata/app')).toBeNull()
  })

  it('is the version after the one that is there, where the mount wants to be told which', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    await backend.write('secret/app', value, isNew)
    vault.requireCas('secret/data/app')
    expect(await backend.write('secret/app', value, next)).toEqual({ version: '2' })
    vault.change('secret/data/app', 2, 'deleted')
    expect(await backend.write('secret/app', value, next)).toEqual({ version: '3' })
  })
})

describe('the mark of a secret', () => {
  const others = { team: 'payments' }
  const ours = { 'managed-by': 'agyn-secrets', secret: owner }
  const theirs = { ...ours, secret: '01890a5d-ac96-774b-bcce-b302099a8999' }

  it('leaves what others have noted there', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    vault.note('secret/data/app', others)
    await backend.write('secret/app', value, isNew)
    expect(vault.customMetadata('secret/data/app')).toEqual({ ...others, ...ours })
    await backend.write('secret/app', value, next)
    expect(vault.customMetadata('secret/data/app')).toEqual({ ...others, ...ours })
  })

  it("is gone on with where a write came no further, and is respected where it is another's", async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    vault.note('secret/data/left', ours)
    expect(await backend.write('secret/left', value, isNew)).toEqual({ version: '1' })
    // Of one that was given up: no value was ever there.
    vault.note('secret/data/given-up', theirs)
    expect(await codeOf(backend.write('secret/given-up', value, next))).toBe('not_ours')
    expect(await backend.write('secret/given-up', value, isNew)).toEqual({ version: '1' })
    expect(vault.customMetadata('secret/data/given-up')).toEqual(ours)
    const tool = { 'managed-by': 'another tool' }
    vault.note('secret/data/theirs', tool)
    expect(await codeOf(backend.write('secret/theirs', value, isNew))).toBe('path_taken')
    expect(vault.customMetadata('secret/data/theirs')).toEqual(tool)
  })

  it('is taken off again where somebody else was quicker, or the value is refused', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    vault.note('secret/data/app', others)
    vault.answer('secret/data/app', (_, response) => {
      vault.put('secret/data/app', '{"value":"theirs"}')
      send(response, 400, conflict)
    })
    expect(await codeOf(backend.write('secret/app', value, isNew))).toBe('path_taken')
    expect(vault.customMetadata('secret/data/app')).toEqual(others)
    vault.answer('secret/data/refused', denied)
    expect(await codeOf(backend.write('secret/refused', value, isNew))).toBe('forbidden')
    expect(vault.customMetadata('secret/data/refused')).toBeNull()
  })

  it('stays where nobody knows whether the value has arrived', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    vault.answer('secret/data/app', (request) => request.destroy())
    expect((await failureOf(backend.write('secret/app', value, isNew))).notSent).toBe(false)
    expect(vault.customMetadata('secret/data/app')).toEqual(ours)
  })

  it('is made before the next version of what is gone', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    expect(await backend.write('secret/app', value, next)).toEqual({ version: '1' })
    expect(vault.customMetadata('secret/data/app')).toEqual(ours)
  })

  it('is not missed where the policy allows to look, but not to mark', async () => {
    const vault = await start()
    vault.refuseNotes()
    const backend = await openVault(vault.address)
    await backend.write('secret/app', value, isNew)
    expect(await backend.write('secret/app', value, next)).toEqual({ version: '2' })
    await backend.remove('secret/app', { signal, owner, forGood: false })
    expect(vault.get('secret/data/app')).toBeNull()
    expect(vault.customMetadata('secret/data/app')).toBeNull()
  })

  it('is done without where the policy allows no metadata', async () => {
    const vault = await start()
    vault.answer('secret/metadata', denied)
    const backend = await openVault(vault.address)
    expect(await backend.write('secret/app', value, isNew)).toEqual({ version: '1' })
    expect(await backend.write('secret/app', value, next)).toEqual({ version: '2' })
    await backend.remove('secret/app', { signal, owner, forGood: false })
    expect(await codeOf(backend.read('secret/app', { signal }))).toBe('version_deleted')
    await backend.restore('secret/app', { signal, owner })
    expect(await backend.read('secret/app', { signal })).not.toBeNull()
    const forGood = backend.remove('secret/app', { signal, owner, forGood: true })
    expect(await codeOf(forGood)).toBe('forbidden')
  })

  it('that could not be made fails the write, of which nothing was sent', async () => {
    const vault = await start()
    vault.answer('secret/metadata', (_, response) => send(response, 500, '{"errors":[]}'))
    const backend = await openVault(vault.address)
    const failure = await failureOf(backend.write('secret/app', value, isNew))
    expect(failure).toMatchObject({ code: 'unreachable', notSent: true })
    expect(vault.get('secret/data/app')).toBeNull()
    expect(changes(vault)).toEqual([])
  })
})

describe('the next version of a secret', () => {
  it('is written after the one that was seen, and not over what came in between', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    await backend.write('secret/app', value, isNew)
    vault.answer('secret/data/app', (_, response) => {
      vault.heal()
      vault.put('secret/data/app', '{"value":"in between"}')
      send(response, 400, conflict)
    })
    expect(await backend.write('secret/app', value, next)).toEqual({ version: '3' })
    vault.answer('secret/data/app', (_, response) => {
      vault.note('secret/data/app', { team: 'payments' })
      send(response, 400, conflict)
    })
    expect(await codeOf(backend.write('secret/app', value, next))).toBe('not_ours')
  })

  it('is given up where others keep writing', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    await backend.write('secret/app', value, isNew)
    vault.answer('secret/data/app', (_, response) => send(response, 400, conflict))
    const failure = await failureOf(backend.write('secret/app', value, next))
    expect(failure).toMatchObject({ code: 'throttled', notSent: true })
  })
})

describe('a secret that was removed', () => {
  it('comes back without the versions that were deleted before', async () => {
    const vault = await start()
    const backend = await openVault(vault.address)
    await backend.write('secret/app', value, isNew)
    for (let at = 0; at < 3; at += 1) await backend.write('secret/app', value, next)
    const change = { method: 'POST', headers: { 'x-vault-token': rightToken } }
    for (const versions of [[1], [4]]) {
      const body = JSON.stringify({ versions })
      await fetch(`${vault.address}/v1/secret/delete/app`, { ...change, body })
    }
    await backend.remove('secret/app', { signal, owner, forGood: false })
    await backend.restore('secret/app', { signal, owner })
    const read = (version: string) => backend.read('secret/app', { signal, version })
    expect(await codeOf(read('1'))).toBe('version_deleted')
    // Had been deleted before, too, but is the current one.
    for (const version of ['2', '3', '4']) expect(await read(version)).toMatchObject({ version })
  })
})

describe('a metadata path prefix', () => {
  const settings = {
    pathPrefix: 'secret/data/agyn',
    metadataPathPrefix: 'secret/metadata/elsewhere',
  }
  const open = async (vault: FakeVault): Promise<SecretBackend> =>
    await openVault(vault.address, settings)

  it('is where the metadata of managed secrets is, and of no others', async () => {
    const vault = await start()
    const backend = await open(vault)
    for (const path of ['secret/data/agyn/a/b', 'secret/agyn/a/b', 'secret/other']) {
      await backend.remove(path, { signal, owner, forGood: true })
      await backend.list({ signal, limit: 10, prefix: path })
    }
    expect(vault.requests.filter((request) => request.includes('metadata'))).toEqual([
      'GET /v1/secret/metadata/elsewhere/a/b',
      'GET /v1/secret/metadata/elsewhere/a/b?list=true',
      'GET /v1/secret/metadata/elsewhere/a/b',
      'GET /v1/secret/metadata/elsewhere/a/b?list=true',
      'GET /v1/secret/metadata/other',
      'GET /v1/secret/metadata/other?list=true',
    ])
  })
})

describe('a listing of Vault', () => {
  it('is of the mounts when it is told nothing, or of what is in the one of the settings', async () => {
    const vault = await start({ secret: 2, 'team/kv': 1 })
    const items = async (mount?: string) =>
      (await (await openVault(vault.address, { mount })).list({ signal, limit: 10 })).items
    expect(await items()).toEqual([
      { path: 'secret', folder: true },
      { path: 'team/kv', folder: true },
    ])
    vault.put('team/kv/app', '{"value":"x"}')
    expect(await items('team/kv/')).toEqual([{ path: 'team/kv/app' }])
  })

  it('has paths that are read as they were meant, and none that cannot be read', async () => {
    const vault = await start()
    for (const name of ['data/inner', 'plain', '..', 'what?']) {
      vault.put(`secret/data/${name}`, '{"value":"x"}')
    }
    const backend = await openVault(vault.address)
    const list = async (prefix: string) =>
      (await backend.list({ signal, limit: 10, prefix })).items.map(({ path }) => path)
    expect(await list('secret')).toEqual(['secret/data', 'secret/plain'])
    expect(await list('secret/data')).toEqual(['secret/data/data/inner'])
    expect(await backend.read('secret/data/data/inner', { signal })).not.toBeNull()
  })

  it('goes on where it stopped, also between a secret and the folder of its name', async () => {
    const vault = await start()
    for (const name of ['a', 'a/x', 'b']) vault.put(`secret/data/${name}`, '{"value":"x"}')
    const backend = await openVault(vault.address)
    const first = await backend.list({ signal, limit: 1, prefix: 'secret/' })
    expect(first.items).toEqual([{ path: 'secret/a' }])
    const rest = { signal, limit: 5, prefix: 'secret/', after: first.next }
    expect(await backend.list(rest)).toEqual({
      items: [{ path: 'secret/a', folder: true }, { path: 'secret/b' }],
    })
  })
})
