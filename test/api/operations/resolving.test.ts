import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { send } from '../backends/vault/fake-vault.ts'
import { freshName, startWorld, vaultProvider, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  const { vault } = world
  vault.put('secret/data/db', '{"user":"u","password":"p\\u00e9\\n","port":5432,"__proto__":"odd"}')
  vault.put('secret/data/one', '{"value":"the-only-value"}')
  vault.put('secret/data/gone', '{"value":"x"}')
  vault.change('secret/data/gone', 1, 'deleted')
  vault.put('secret/data/versions', '{"value":"first"}')
  vault.put('secret/data/versions', '{"value":"second"}')
  vault.put('kv/old', '{"value":"kv 1"}')
  vault.answer('secret/data/sealed', (_, response) =>
    send(response, 503, '{"errors":["Vault is sealed"]}'),
  )
})
afterAll(() => world.close())
beforeEach(() => void world.vault.requests.splice(0))

const owner = () => world.api.as(world.acme.owner)

async function made(path: string, body: object): Promise<string> {
  return (await owner().post(path, body).expect(201)).body.id
}

/** A provider of its own, so that what one test breaks stays with it. */
const newProvider = () => made('/api/secret-providers', vaultProvider(world.vault, freshName()))

const remote = (providerId: string, remotePath: string, rest: object = {}) =>
  made('/api/secrets', { name: freshName(), providerId, remotePath, ...rest })

/** A consumer with these secrets, under the names A, B, C… */
async function consumerOf(secretIds: readonly string[]) {
  const consumer = { kind: 'agent', id: freshName() }
  for (const [index, secretId] of secretIds.entries()) {
    await made('/api/envs', { consumer, name: String.fromCharCode(65 + index), secretId })
  }
  return consumer
}

const resolve = (consumer: object) =>
  world.api.as(world.acme.orchestrator).post('/api/resolve/workload', { consumer })

const reads = () => world.vault.requests.filter((line) => /\/v1\/(secret\/data|kv)\//.test(line))

describe('a workload', () => {
  it('reads each path once, however many of its keys and whoever asks for them', async () => {
    const provider = await newProvider()
    const consumer = await consumerOf([
      await remote(provider, 'secret/data/db', { remoteKey: 'password' }),
      await remote(provider, 'secret/data/db', { remoteKey: 'user' }),
      await remote(provider, 'secret/data/db', { remoteKey: '/port' }),
      await remote(provider, 'secret/data/db', { remoteKey: '__proto__' }),
      await remote(provider, 'secret/data/db'),
      await remote(provider, 'secret/data/one'),
    ])
    const { body } = await resolve(consumer).expect(200)
    expect(body.env.map(({ value }: { value: string }) => value)).toEqual([
      'pé\n',
      'u',
      '5432',
      'odd',
      '{"user":"u","password":"p\\u00e9\\n","port":5432,"__proto__":"odd"}',
      'the-only-value',
    ])
    expect(reads()).toEqual(['GET /v1/secret/data/db', 'GET /v1/secret/data/one'])
  })

  it('caches nothing: the next start reads what is there then', async () => {
    const provider = await newProvider()
    const consumer = await consumerOf([await remote(provider, 'secret/data/rotated')])
    world.vault.put('secret/data/rotated', '{"value":"old"}')
    expect((await resolve(consumer).expect(200)).body.env[0]).toMatchObject({
      value: 'old',
      version: '1',
    })
    world.vault.put('secret/data/rotated', '{"value":"new"}')
    expect((await resolve(consumer).expect(200)).body.env[0]).toMatchObject({
      value: 'new',
      version: '2',
    })
  })

  it('reads pinned versions, the paths of KV 1, and paths without data/', async () => {
    const provider = await newProvider()
    const consumer = await consumerOf([
      await remote(provider, 'secret/data/versions', { remoteVersion: '1' }),
      await remote(provider, 'secret/versions'),
      await remote(provider, 'kv/old'),
    ])
    const { body } = await resolve(consumer).expect(200)
    expect(body.env.map(({ value }: { value: string }) => value)).toEqual([
      'first',
      'second',
      'kv 1',
    ])
  })

  it('is given nothing when anything fails, and is told of all that failed', async () => {
    const provider = await newProvider()
    const local = await made('/api/secrets', { name: freshName(), value: 'canary-local' })
    const force = async (path: string) => owner().delete(`${path}?force=true`).expect(204)
    const deleted = await made('/api/secrets', { name: freshName(), value: 'x' })
    const orphaning = await newProvider()
    const secrets = {
      fine: local,
      fineRemote: await remote(provider, 'secret/data/one'),
      key_missing: await remote(provider, 'secret/data/db', { remoteKey: 'passwort' }),
      path_missing: await remote(provider, 'secret/data/nothing'),
      version_deleted: await remote(provider, 'secret/data/gone'),
      version_missing: await remote(provider, 'secret/data/versions', { remoteVersion: '9' }),
      forbidden: await remote(provider, 'secret/data/no'),
      secret_deleted: deleted,
      provider_deleted: await remote(orphaning, 'secret/data/one'),
      sealed: await remote(provider, 'secret/data/sealed'),
    }
    const consumer = await consumerOf(Object.values(secrets))
    await force(`/api/secrets/${deleted}`)
    await force(`/api/secret-providers/${orphaning}`)

    const { body, headers } = await resolve(consumer).expect(422)
    expect(body.code).toBe('resolution_failed')
    expect(body.detail).toBe('8 values could not be resolved; none was given out.')
    expect(headers['retry-after']).toBeUndefined()
    expect(JSON.stringify(body)).not.toMatch(/canary-local|the-only-value|p\\u00e9/)
    const failed = Object.entries(secrets).filter(([name]) => !name.startsWith('fine'))
    expect(body.errors.map(({ code }: { code: string }) => code)).toEqual(
      failed.map(([code]) => code),
    )
    for (const [index, [code, secretId]] of failed.entries()) {
      const error = body.errors[index]
      expect(error).toMatchObject({ env: String.fromCharCode(67 + index), secretId, code })
      expect(error.secretName).toEqual(expect.any(String))
      expect(error.detail).toMatch(/\.$/)
      if (code !== 'secret_deleted') {
        expect(error).toMatchObject({ providerId: expect.any(String), path: expect.any(String) })
      }
    }
    expect(body.errors[0].availableKeys).toEqual(['user', 'password', 'port', '__proto__'])

    const recorded = await world.api.database.prisma.auditEvent.findFirst({
      where: { resourceId: consumer.id, outcome: 'failed' },
    })
    expect(recorded?.detail).toMatchObject({ failures: { length: 8 } })
  })

  it('is 503 with Retry-After when waiting may mend every failure', async () => {
    const provider = await newProvider()
    const consumer = await consumerOf([
      await remote(provider, 'secret/data/sealed'),
      await remote(provider, 'secret/data/one'),
    ])
    const { body, headers } = await resolve(consumer).expect(503)
    expect(body).toMatchObject({ code: 'provider_unavailable', errors: [{ code: 'sealed' }] })
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })

  it('is 503 when nobody answers at the address', async () => {
    const body = {
      name: freshName(),
      type: 'vault',
      config: { address: 'http://127.0.0.1:1', token: 'hvs.x' },
    }
    const provider = await made('/api/secret-providers', body)
    const consumer = await consumerOf([await remote(provider, 'secret/data/one')])
    const answer = await resolve(consumer).expect(503)
    expect(answer.body.errors).toMatchObject([{ code: 'unreachable', env: 'A' }])
  })
})

describe('what referred to a deleted thing', () => {
  it('stays, is marked broken, and can be mended', async () => {
    const secretId = await made('/api/secrets', { name: freshName(), value: 'v' })
    const consumer = await consumerOf([secretId])
    const refused = await owner().delete(`/api/secrets/${secretId}`).expect(409)
    expect(refused.body).toMatchObject({
      count: 1,
      references: [{ kind: 'env', name: 'A' }],
      detail: expect.stringMatching(/\?force=true/),
    })
    await owner().delete(`/api/secrets/${secretId}?force=true`).expect(204)
    await owner().get(`/api/secrets/${secretId}`).expect(404)
    const list = await owner().get('/api/envs').query({ consumerId: consumer.id }).expect(200)
    expect(list.body.items).toMatchObject([{ name: 'A', secretId, broken: true }])
    const mended = await owner()
      .patch(`/api/envs/${list.body.items[0].id}`, { value: 'plain' })
      .expect(200)
    expect(mended.body).toMatchObject({ broken: false, value: 'plain' })
    expect((await resolve(consumer).expect(200)).body.env).toMatchObject([{ value: 'plain' }])
  })

  it('of a provider is counted, and re-pointed in place', async () => {
    const [first, second] = [await newProvider(), await newProvider()]
    const secretId = await remote(first, 'secret/data/one')
    const consumer = await consumerOf([secretId])
    const shown = await owner().get(`/api/secret-providers/${first}`).expect(200)
    expect(shown.body.secretCount).toBe(1)
    const references = await owner().get(`/api/secret-providers/${first}/references`).expect(200)
    expect(references.body.items).toMatchObject([
      { kind: 'secret', id: secretId },
      { kind: 'env', consumer, secretId },
    ])
    await owner().delete(`/api/secret-providers/${first}?force=true`).expect(204)
    await resolve(consumer).expect(422)
    await owner().patch(`/api/secrets/${secretId}`, { providerId: second }).expect(200)
    expect((await resolve(consumer).expect(200)).body.env).toMatchObject([
      { value: 'the-only-value' },
    ])
  })
})

describe('a change of storage', () => {
  const patch = (id: string, body: object) => owner().patch(`/api/secrets/${id}`, body)

  it('to remote re-points after one read, to local takes what is there, and keeps id and envs', async () => {
    const provider = await newProvider()
    const id = await made('/api/secrets', { name: freshName(), value: 'local' })
    const consumer = await consumerOf([id])
    const place = { providerId: provider, remotePath: 'secret/data/one' }
    const toRemote = await patch(id, { storage: 'remote', ...place }).expect(200)
    expect(toRemote.body).toMatchObject({ id, storage: 'remote', ...place, referenceCount: 1 })
    for (const field of ['value', 'version', 'encoding', 'fingerprint']) {
      expect(toRemote.body).not.toHaveProperty(field)
    }
    expect(reads()).toHaveLength(1)
    expect((await resolve(consumer).expect(200)).body.env).toMatchObject([
      { value: 'the-only-value' },
    ])

    const toLocal = await patch(id, { storage: 'local' }).expect(200)
    expect(toLocal.body).toMatchObject({ id, storage: 'local', version: '2', referenceCount: 1 })
    expect(toLocal.body).not.toHaveProperty('providerId')
    world.vault.requests.splice(0)
    expect((await resolve(consumer).expect(200)).body.env).toMatchObject([
      { value: 'the-only-value' },
    ])
    expect(reads()).toEqual([])

    await patch(id, { storage: 'remote', ...place }).expect(200)
    const given = await patch(id, { storage: 'local', value: 'given' }).expect(200)
    expect(given.body).toMatchObject({ storage: 'local', version: '3' })
    expect((await resolve(consumer).expect(200)).body.env).toMatchObject([{ value: 'given' }])
  })

  it('changes nothing when the read fails', async () => {
    const provider = await newProvider()
    const local = await made('/api/secrets', { name: freshName(), value: 'local' })
    const to = (remotePath: string) => ({ storage: 'remote', providerId: provider, remotePath })
    expect((await patch(local, to('secret/data/nothing')).expect(422)).body).toMatchObject({
      code: 'resolution_failed',
      errors: [{ code: 'path_missing', secretId: local }],
    })
    await patch(local, to('secret/data/sealed')).expect(503)
    const before = await remote(provider, 'secret/data/nothing')
    await patch(before, { storage: 'local' }).expect(422)
    for (const id of [local, before]) {
      const { body } = await owner().get(`/api/secrets/${id}`).expect(200)
      expect(body).toMatchObject({ revision: 1, storage: id === local ? 'local' : 'remote' })
    }
  })

  it('to local refuses what is too large to be kept here', async () => {
    world.vault.put('secret/data/large', `{"value":"${'x'.repeat(65_537)}"}`)
    const id = await remote(await newProvider(), 'secret/data/large')
    const { body } = await patch(id, { storage: 'local' }).expect(422)
    expect(body.errors).toMatchObject([
      { secretId: id, code: 'too_large', detail: expect.stringMatching(/65536/) },
    ])
  })

  it('never happens without being asked for', async () => {
    const provider = await newProvider()
    const id = await remote(provider, 'secret/data/one')
    const { body } = await patch(id, { value: 'v' }).expect(422)
    expect(body.errors).toMatchObject([
      { pointer: '#/value', code: 'conflict', detail: expect.stringMatching(/"storage": "local"/) },
    ])
    const local = await made('/api/secrets', { name: freshName(), value: 'v' })
    const place = { providerId: provider, remotePath: 'secret/data/one' }
    const refused = await patch(local, place).expect(422)
    expect(refused.body.errors).toMatchObject([
      { pointer: '#/providerId', detail: expect.stringMatching(/"storage": "remote"/) },
      { pointer: '#/remotePath' },
    ])
    const cleared = await patch(id, { providerId: null }).expect(422)
    expect(cleared.body.errors).toMatchObject([{ pointer: '#/providerId', code: 'required' }])
  })
})
