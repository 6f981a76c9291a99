import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MASK } from '../../../contract/masking.ts'
import {
  startTestApi,
  type Caller,
  type Organization,
  type TestApi,
} from '../../support/test-api.ts'
import { send, startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { readBody } from '../backends/fake-server.ts'
import { vaultProvider } from './world.ts'

let api: TestApi
let vault: FakeVault
let acme: Organization
let owner: Caller
let providerId: string

/** Where the secrets of this test are. */
let prefix: string
let tests = 0
const at = (name: string) => `${prefix}/${name}`

beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2, kv: 1 } })
  api = await startTestApi()
})
beforeEach(async () => {
  tests += 1
  acme = await api.organization(`acme-${tests}`)
  owner = api.as(acme.owner)
  prefix = `secret/data/test-${tests}`
  const body = vaultProvider(vault, 'vault', { pathPrefix: prefix })
  providerId = (await owner.post('/api/secret-providers', body).expect(201)).body.id
})
afterAll(async () => {
  await api.close()
  await vault.close()
})

const create = async (name: string, value: string, more: object = {}) =>
  (await owner.post('/api/secrets', { name, providerId, value, ...more }).expect(201)).body

const resolve = async (secretId: string) =>
  await api.as(acme.orchestrator).post('/api/resolve/secret', { secretId })

const valueOf = async (secretId: string): Promise<string> => {
  const { status, body } = await resolve(secretId)
  expect(body).toMatchObject({ value: expect.any(String) })
  expect(status).toBe(200)
  return body.value
}

/** Answers the next write to a path itself: what `store` makes of the data is what the store keeps. */
function answerWrite(
  vault: FakeVault,
  path: string,
  store: (data: string) => Promise<string>,
): void {
  vault.answer(path, (request, response) => {
    void readBody(request).then(async (body) => {
      const json = await store(JSON.stringify((JSON.parse(body) as { data: object }).data))
      vault.heal()
      send(response, 200, `{"data":{"version":${vault.put(path, json)}}}`)
    })
  })
}

/** Holds the next write up until it is released. */
function holdWrite(vault: FakeVault, path: string) {
  let arrive = () => {}
  let release = () => {}
  const arrived = new Promise<void>((resolve) => void (arrive = resolve))
  const released = new Promise<void>((resolve) => void (release = resolve))
  answerWrite(vault, path, async (data) => {
    arrive()
    await released
    return data
  })
  return { arrived, release: () => release() }
}

describe('a managed secret', () => {
  it('is kept in its provider, below its prefix, and nowhere else', async () => {
    const secret = await create('github_token', 'ghp_canary')
    expect(secret).toMatchObject({
      storage: 'managed',
      providerId,
      remotePath: at('github_token'),
      value: MASK,
      version: '1',
      revision: 1,
    })
    expect(JSON.parse(vault.get(at('github_token')) ?? '')).toEqual({
      value: 'ghp_canary',
    })
    expect(await valueOf(secret.id)).toBe('ghp_canary')
    const where = { secretId: secret.id }
    const rows = await api.database.prisma.secretVersion.findMany({ where })
    expect(rows).toMatchObject([{ state: 'current', value: null, storeVersion: '1' }])
  })

  it('gets its next value as the next version of the same path, and keeps the path when renamed', async () => {
    const { id } = await create('a', 'one')
    const { body } = await owner
      .patch(`/api/secrets/${id}`, { value: 'two', name: 'b' })
      .expect(200)
    expect(body).toMatchObject({ version: '2', name: 'b', remotePath: at('a') })
    expect(await valueOf(id)).toBe('two')
  })

  it('makes no new version of the same value', async () => {
    const { id } = await create('a', 'one')
    const { body } = await owner.patch(`/api/secrets/${id}`, { value: 'one' }).expect(200)
    expect(body.version).toBe('1')
  })

  it('keeps bytes as they are', async () => {
    const bytes = Buffer.from([0, 255, 1, 254, 0]).toString('base64')
    const { id } = await create('binary', bytes, { encoding: 'base64' })
    expect((await resolve(id)).body).toMatchObject({ value: bytes, encoding: 'base64' })
  })

  it('restores an earlier version from the store', async () => {
    const { id } = await create('a', 'one')
    await owner.patch(`/api/secrets/${id}`, { value: 'two' }).expect(200)
    const { body } = await owner.post(`/api/secrets/${id}/versions/1/restore`).expect(200)
    expect(body.version).toBe('3')
    expect(await valueOf(id)).toBe('one')
    const { body: list } = await owner.get(`/api/secrets/${id}/versions`).expect(200)
    expect(list.items.map(({ state }: { state: string }) => state)).toEqual([
      'current',
      'past',
      'past',
    ])
  })

  it('never overwrites what is at its path', async () => {
    vault.put(at('theirs'), '{"value":"not ours"}')
    const body = { name: 'theirs', providerId, value: 'mine' }
    const refused = await owner.post('/api/secrets', body).expect(409)
    expect(refused.body.code).toBe('path_taken')
    expect(vault.get(at('theirs'))).toBe('{"value":"not ours"}')
    const { body: list } = await owner.get('/api/secrets?name=theirs').expect(200)
    expect(list.items).toEqual([])
  })

  it('does not take the path of another that was renamed', async () => {
    const { id } = await create('a', 'one')
    await owner.patch(`/api/secrets/${id}`, { name: 'b' }).expect(200)
    const refused = await owner.post('/api/secrets', { name: 'a', providerId, value: 'x' })
    expect([refused.status, refused.body.code]).toEqual([409, 'path_taken'])
  })

  it('goes with the store’s soft delete, comes back, and is gone for good when purged', async () => {
    const { id } = await create('a', 'one')
    await owner.delete(`/api/secrets/${id}`).expect(204)
    expect(vault.get(at('a'))).toBeNull()
    expect((await resolve(id)).body.errors).toMatchObject([{ code: 'secret_deleted' }])
    await owner.post(`/api/secrets/${id}/restore`).expect(200)
    expect(await valueOf(id)).toBe('one')
    await owner.delete(`/api/secrets/${id}`).expect(204)
    await owner.post(`/api/secrets/${id}/purge`).expect(204)
    expect(vault.customMetadata(at('a'))).toBeNull()
    expect(await api.database.prisma.leftover.count({ where: { secretId: id } })).toBe(0)
  })

  it('can be made anew under a name whose secret was deleted', async () => {
    const first = await create('a', 'one')
    await owner.delete(`/api/secrets/${first.id}`).expect(204)
    const second = await create('a', 'two')
    expect(second.remotePath).not.toBe(first.remotePath)
    expect(await valueOf(second.id)).toBe('two')
    await owner.post(`/api/secrets/${first.id}/restore`, { name: 'was-a' }).expect(200)
    expect(await valueOf(first.id)).toBe('one')
  })

  it('is refused in one sentence when the store refuses, and leaves nothing', async () => {
    vault.answer(at('denied'), (_, response) => {
      response.writeHead(403, { 'content-type': 'application/json' })
      response.end('{"errors":["permission denied"]}')
    })
    const body = { name: 'denied', providerId, value: 'canary-value' }
    const refused = await owner.post('/api/secrets', body).expect(422)
    expect(refused.body).toMatchObject({
      code: 'write_failed',
      errors: [{ code: 'forbidden', providerName: 'vault', path: at('denied') }],
    })
    expect(JSON.stringify(refused.body)).not.toContain('canary-value')
    const ofAcme = { where: { organizationId: acme.id } }
    expect(await api.database.prisma.secretVersion.count(ofAcme)).toBe(0)
    expect((await owner.get('/api/secrets?name=denied')).body.items).toEqual([])
  })

  it('keeps tenants and scopes apart by their ids', async () => {
    const team = await owner.post('/api/scopes', { kind: 'team', name: 'payments' }).expect(201)
    const { remotePath } = await create('a', 'x', { scopeId: team.body.id })
    expect(remotePath).toBe(at(`${acme.id}/${team.body.id}/a`))
  })

  it('takes any name', async () => {
    for (const name of ['what? #1', '100%', '..', '漢字 😀', 'a=b\\c']) {
      const { id } = await create(name, name)
      expect(await valueOf(id)).toBe(name)
    }
  })

  it('waits for the write that is under way', async () => {
    const { id } = await create('a', 'one')
    const held = holdWrite(vault, at('a'))
    const first = owner.patch(`/api/secrets/${id}`, { value: 'two' }).then((answer) => answer)
    await held.arrived
    const second = await owner.patch(`/api/secrets/${id}`, { value: 'three' })
    expect([second.status, second.body.code]).toEqual([409, 'request_in_progress'])
    expect((await owner.get(`/api/secrets/${id}`)).body).toMatchObject({
      pending: true,
      version: '1',
    })
    held.release()
    expect((await first).body.version).toBe('2')
    expect(await valueOf(id)).toBe('two')
  })
})

describe('a change of storage', () => {
  it('moves a local value to a store and back, with its id, envs and history', async () => {
    const { body: made } = await owner.post('/api/secrets', { name: 'k', value: 'v' }).expect(201)
    const { id } = made
    const env = { consumer: { kind: 'agent', id: 'billing' }, name: 'K', secretId: id }
    await owner.post('/api/envs', env).expect(201)
    const there = await owner.patch(`/api/secrets/${id}`, { storage: 'managed', providerId })
    expect(there.body).toMatchObject({ storage: 'managed', providerId, version: '2' })
    expect(JSON.parse(vault.get(at('k')) ?? '')).toEqual({ value: 'v' })
    expect(await valueOf(id)).toBe('v')

    const back = await owner.patch(`/api/secrets/${id}`, { storage: 'local' })
    expect(back.body).toMatchObject({ storage: 'local', version: '3', referenceCount: 1 })
    expect(back.body.remotePath).toBeUndefined()
    expect(await valueOf(id)).toBe('v')
    // The copy goes when nobody who had looked it up can still be reading it.
    expect(await api.database.prisma.leftover.findMany({ where: { secretId: id } })).toMatchObject([
      { path: at('k'), removedAt: null },
    ])
    const { body } = await owner.get(`/api/secrets/${id}/versions`).expect(200)
    expect(body.items.map(({ version }: { version: string }) => version)).toEqual(['3', '2', '1'])
  })

  it('moves to the same store again and again, whatever copies it has left there', async () => {
    const { id } = (await owner.post('/api/secrets', { name: 'k', value: 'v' }).expect(201)).body
    const paths: string[] = []
    for (let times = 0; times < 4; times += 1) {
      const there = await owner.patch(`/api/secrets/${id}`, { storage: 'managed', providerId })
      paths.push(there.body.remotePath)
      await owner.patch(`/api/secrets/${id}`, { storage: 'local' }).expect(200)
    }
    expect(paths).toEqual([at('k'), at(`k-${id}`), at(`k-${id}-2`), at(`k-${id}-3`)])
    expect(await valueOf(id)).toBe('v')
  })

  it('takes a remote value into the provider it is read from', async () => {
    vault.put('secret/data/prod/db', '{"password":"p"}')
    const remote = { name: 'db', providerId, remotePath: 'secret/data/prod/db' }
    const { id } = (await owner.post('/api/secrets', remote).expect(201)).body
    await owner.patch(`/api/secrets/${id}`, { storage: 'managed' }).expect(200)
    expect(await valueOf(id)).toBe('p')
    expect(vault.get('secret/data/prod/db')).toBe('{"password":"p"}')
  })

  it('is refused without its name', async () => {
    const { body } = await owner.post('/api/secrets', { name: 'k', value: 'v' }).expect(201)
    const refused = await owner.patch(`/api/secrets/${body.id}`, { providerId }).expect(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/providerId', code: 'conflict' }])
  })

  it('leaves the value where it is when the store gives back another', async () => {
    const { body } = await owner.post('/api/secrets', { name: 'k', value: 'v' }).expect(201)
    answerWrite(vault, at('k'), async () => '{"value":"another"}')
    const refused = await owner.patch(`/api/secrets/${body.id}`, { storage: 'managed', providerId })
    expect(refused.body).toMatchObject({ code: 'write_failed' })
    expect((await owner.get(`/api/secrets/${body.id}`)).body).toMatchObject({
      storage: 'local',
      version: '1',
    })
    expect(await valueOf(body.id)).toBe('v')
  })
})
