import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshName, noSuchId, startWorld, vaultProvider, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)

async function made(path: string, body: object): Promise<string> {
  return (await owner().post(path, body).expect(201)).body.id
}

const newSecret = (rest: object = {}) =>
  made('/api/secrets', { name: freshName(), value: 'v', ...rest })

async function deletedSecret(rest: object = {}): Promise<string> {
  const id = await newSecret(rest)
  await owner().delete(`/api/secrets/${id}`).expect(204)
  return id
}

const restore = (id: string, body?: object) => owner().post(`/api/secrets/${id}/restore`, body)
const purge = (id: string) => owner().post(`/api/secrets/${id}/purge`)

/** A secret with an env that refers to it, deleted all the same. */
async function missedSecret(rest: object = {}) {
  const id = await newSecret(rest)
  const consumer = { kind: 'agent', id: freshName() }
  const envId = await made('/api/envs', { consumer, name: 'A', secretId: id })
  await owner().delete(`/api/secrets/${id}?force=true`).expect(204)
  return { id, consumer, envId }
}

const resolve = (consumer: object) =>
  world.api.as(world.acme.orchestrator).post('/api/resolve/workload', { consumer })

/** Moves the deletion into the past, by the database's clock. */
const age = (id: string, interval: string) =>
  world.api.database.query(
    '',
    `UPDATE "Secret" SET "deletedAt" = now() - $2::interval WHERE id = $1`,
    [id, interval],
  )

const deletedOnes = async (): Promise<string[]> => {
  const { body } = await owner().get('/api/secrets').query({ deleted: true, limit: 200 })
  return body.items.map(({ id }: { id: string }) => id)
}

const rowOf = (id: string) => world.api.database.prisma.secret.findUnique({ where: { id } })
const versionsOf = (secretId: string) =>
  world.api.database.prisma.secretVersion.count({ where: { secretId } })

describe('a deleted secret', () => {
  it('comes back as it was, and what refers to it works again', async () => {
    const { id, consumer } = await missedSecret({ description: 'mine' })
    await resolve(consumer).expect(422)
    expect(await deletedOnes()).toContain(id)
    const { body, headers } = await restore(id).expect(200)
    expect(body).toMatchObject({
      ...{ id, description: 'mine', version: '1', referenceCount: 1, revision: 3 },
    })
    expect(body).not.toHaveProperty('deletedAt')
    expect(headers['etag']).toBe('"r3"')
    expect((await resolve(consumer).expect(200)).body.env).toMatchObject([{ value: 'v' }])
    expect(await deletedOnes()).not.toContain(id)
    await owner().get(`/api/secrets/${id}`).expect(200)
    const [row] = await world.api.database.prisma.auditEvent.findMany({
      where: { operation: 'RestoreSecret', resourceId: id },
    })
    expect(row).toMatchObject({ outcome: 'allowed', detail: { references: 1 } })
  })

  it('is listed with the time it was deleted at, and nowhere else', async () => {
    const name = freshName()
    const id = await deletedSecret({ name })
    const listed = await owner().get('/api/secrets').query({ deleted: true, name }).expect(200)
    expect(listed.body.items).toMatchObject([{ id, deletedAt: expect.any(String) }])
    const living = await owner().get('/api/secrets').query({ name }).expect(200)
    expect(living.body.items).toEqual([])
    await owner().get(`/api/secrets/${id}`).expect(404)
  })

  it('is listed no longer than it can be restored', async () => {
    const name = freshName()
    const id = await deletedSecret({ name })
    await world.api.database.query(
      '',
      `UPDATE "Secret" SET "deletedAt" = now() - interval '31 days' WHERE id = $1`,
      [id],
    )
    const listed = await owner().get('/api/secrets').query({ deleted: true, name }).expect(200)
    expect(listed.body.items).toEqual([])
    await restore(id).expect(404)
  })

  it('goes on telling which workloads hold it, until it is purged', async () => {
    const id = await newSecret({ name: freshName() })
    const consumer = { kind: 'agent', id: freshName() }
    await owner().post('/api/envs', { consumer, name: 'A', secretId: id }).expect(201)
    await world.api
      .as(world.acme.orchestrator)
      .post('/api/resolve/workload', { consumer, workloadId: 'holds-it' })
      .expect(200)
    await owner().delete(`/api/secrets/${id}?force=true`).expect(204)
    const held = await owner().get(`/api/secrets/${id}/deliveries`).expect(200)
    expect(held.body.items).toMatchObject([{ workloadId: 'holds-it' }])
    await owner().post(`/api/secrets/${id}/purge`).expect(204)
    const none = await owner().get(`/api/secrets/${id}/deliveries`).expect(200)
    expect(none.body.items).toEqual([])
  })

  it('takes another name when its own is taken now', async () => {
    const name = freshName()
    const id = await deletedSecret({ name })
    await newSecret({ name })
    expect((await restore(id).expect(409)).body.code).toBe('name_taken')
    const another = freshName()
    expect((await restore(id, { name: another }).expect(200)).body.name).toBe(another)
  })

  it('takes another scope when its own is gone', async () => {
    const scopeId = await made('/api/scopes', { kind: 'team', name: freshName() })
    const id = await deletedSecret({ scopeId })
    await owner().delete(`/api/scopes/${scopeId}`).expect(204)
    const { body } = await restore(id).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '#/scopeId', code: 'required' }])
    const unknown = await restore(id, { scopeId }).expect(422)
    expect(unknown.body.errors).toMatchObject([{ pointer: '#/scopeId', code: 'unknown_id' }])
    const there = { scopeId: world.acme.rootScopeId }
    expect((await restore(id, there).expect(200)).body).toMatchObject(there)
  })

  it('comes back broken when its provider is gone', async () => {
    const provider = await made('/api/secret-providers', vaultProvider(world.vault, freshName()))
    const id = await deletedSecret({
      value: undefined,
      providerId: provider,
      remotePath: 'secret/data/app',
      remoteKey: 'password',
    })
    await owner().delete(`/api/secret-providers/${provider}`).expect(204)
    expect((await restore(id).expect(200)).body).toMatchObject({ broken: true })
    const broken = await owner().get('/api/secrets').query({ broken: true }).expect(200)
    expect(broken.body.items).toMatchObject([{ id, broken: true }])
    await owner().patch(`/api/secrets/${id}`, { providerId: world.acme.providerId }).expect(200)
    const mended = await owner().get('/api/secrets').query({ broken: true }).expect(200)
    expect(mended.body.items).toEqual([])
  })

  it('can be restored for 30 days', async () => {
    const [soon, late] = [await deletedSecret(), await deletedSecret()]
    await age(soon, '29 days 23 hours')
    await age(late, '30 days 1 second')
    await restore(soon).expect(200)
    await restore(late).expect(404)
  })

  it('is restored and purged only when it is deleted, and once', async () => {
    const living = await newSecret()
    for (const id of [living, noSuchId, 'not-an-id', world.globex.secretId]) {
      await restore(id).expect(404)
      await purge(id).expect(404)
    }
    const [restored, purged] = [await deletedSecret(), await deletedSecret()]
    await restore(restored).expect(200)
    await restore(restored).expect(404)
    await purge(restored).expect(404)
    await purge(purged).expect(204)
    await purge(purged).expect(404)
    await restore(purged).expect(404)
  })

  it('is left alone by who saw another revision', async () => {
    const id = await deletedSecret()
    await restore(id).set('If-Match', '"r1"').expect(412)
    await purge(id).set('If-Match', '"r1"').expect(412)
    await restore(id).set('If-Match', '"r2"').expect(200)
  })
})

describe('a purged secret', () => {
  it('is gone with its values and what is known of their holders', async () => {
    const id = await newSecret()
    const consumer = { kind: 'agent', id: freshName() }
    const envId = await made('/api/envs', { consumer, name: 'A', secretId: id })
    await world.api
      .as(world.acme.orchestrator)
      .post('/api/resolve/workload', { consumer, workloadId: freshName() })
      .expect(200)
    await owner().delete(`/api/envs/${envId}`).expect(204)
    await owner().delete(`/api/secrets/${id}`).expect(204)
    const deliveries = () => world.api.database.prisma.delivery.count({ where: { secretId: id } })
    expect(await deliveries()).toBe(1)
    await purge(id).expect(204)
    expect([await rowOf(id), await versionsOf(id), await deliveries()]).toEqual([null, 0, 0])
    expect(await deletedOnes()).not.toContain(id)
  })

  it('stays a name while envs refer to it, which say so and fail', async () => {
    const { id, consumer, envId } = await missedSecret()
    await purge(id).expect(204)
    expect(await rowOf(id)).toMatchObject({ purgedAt: expect.any(Date) })
    expect(await versionsOf(id)).toBe(0)
    expect(await deletedOnes()).not.toContain(id)
    await restore(id).expect(404)
    await purge(id).expect(404)
    expect((await owner().get(`/api/envs/${envId}`).expect(200)).body.broken).toBe(true)
    const workload = await resolve(consumer).expect(422)
    expect(workload.body.errors).toMatchObject([{ code: 'secret_deleted', secretId: id }])
    const alone = await world.api
      .as(world.acme.orchestrator)
      .post('/api/resolve/secret', { secretId: id })
      .expect(422)
    expect(alone.body.errors).toMatchObject([{ code: 'secret_deleted' }])
  })

  it('of a provider resolves to secret_deleted as well', async () => {
    const { id, consumer } = await missedSecret({
      value: undefined,
      providerId: world.acme.providerId,
      remotePath: 'secret/data/app',
    })
    await purge(id).expect(204)
    const { body } = await resolve(consumer).expect(422)
    expect(body.errors).toMatchObject([{ code: 'secret_deleted' }])
  })
})

describe('at the same time', () => {
  it('two who restore it make one secret of it', async () => {
    const id = await deletedSecret()
    const statuses = (await Promise.all([restore(id), restore(id)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 404])
  })

  it('one who restores it and one who takes its name do not both get it', async () => {
    const name = freshName()
    const id = await deletedSecret({ name })
    const [restored, created] = await Promise.all([
      restore(id),
      owner().post('/api/secrets', { name, value: 'v' }),
    ])
    expect([restored.status, created.status].filter((status) => status === 409)).toHaveLength(1)
  })

  it('one who restores it and one who purges it do not both succeed', async () => {
    const id = await deletedSecret()
    const [restored, purged] = await Promise.all([restore(id), purge(id)])
    expect([restored.status, purged.status]).toEqual(restored.ok ? [200, 404] : [404, 204])
    expect(await versionsOf(id)).toBe(restored.ok ? 1 : 0)
  })

  it('one who purges it and workloads that start get an answer, never a fault', async () => {
    const { id, consumer } = await missedSecret()
    const [purged, ...starts] = await Promise.all([
      purge(id),
      ...Array.from({ length: 10 }, () => resolve(consumer)),
    ])
    expect(purged.status).toBe(204)
    for (const { status, body } of starts) {
      expect({ status, errors: body.errors }).toMatchObject({
        status: 422,
        errors: [{ code: 'secret_deleted' }],
      })
    }
  })

  it.runIf(inject('testDatabase').kind === 'postgres')(
    'one who restores it into a scope waits for who deletes that scope',
    async () => {
      const scopeId = await made('/api/scopes', { kind: 'team', name: freshName() })
      const id = await deletedSecret({ scopeId })
      const [restored, deleted] = await Promise.all([
        restore(id),
        owner().delete(`/api/scopes/${scopeId}`),
      ])
      expect([restored.status, deleted.status]).toEqual(restored.ok ? [200, 409] : [422, 204])
    },
  )
})

describe('a token that is limited to a scope', () => {
  it('restores and purges there, sees what is above, and changes nothing outside', async () => {
    const { api, acme } = world
    const inside = await made('/api/scopes', { kind: 'team', name: freshName() })
    const outside = await made('/api/scopes', { kind: 'team', name: freshName() })
    const token = { name: freshName(), role: 'owner', scopeId: inside }
    const limited = api.as((await owner().post('/api/api-tokens', token).expect(201)).body.token)
    const mine = await deletedSecret({ scopeId: inside })
    const [above, beside] = [await deletedSecret(), await deletedSecret({ scopeId: outside })]
    const paths = (id: string) => ['restore', 'purge'].map((verb) => `/api/secrets/${id}/${verb}`)
    for (const path of paths(above)) await limited.post(path).expect(403)
    for (const path of paths(beside)) await limited.post(path).expect(404)
    const elsewhere = { scopeId: acme.rootScopeId }
    await limited.post(`/api/secrets/${mine}/restore`, elsewhere).expect(403)
    await limited.post(`/api/secrets/${mine}/restore`).expect(200)
    await limited.delete(`/api/secrets/${mine}`).expect(204)
    await limited.post(`/api/secrets/${mine}/purge`).expect(204)
  })
})
