import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshName, startWorld, vaultProvider, type World } from '../operations/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const rows = (operation: string, outcome: string) =>
  world.api.database.prisma.auditEvent.findMany({ where: { operation, outcome } })

describe('the audit log', () => {
  it('records an owner who tries to make a runtime token', async () => {
    const { api, acme } = world
    const wish = { name: 'mine', role: 'orchestrator' }
    await api.as(acme.owner).post('/api/api-tokens', wish).expect(403)
    expect(await rows('CreateApiToken', 'denied')).toMatchObject([
      { principalName: 'owner', organizationId: acme.id, detail: { reason: 'rule' } },
    ])
  })

  it('records what a change of storage could not read', async () => {
    const { api, acme } = world
    const there = {
      storage: 'remote',
      providerId: acme.providerId,
      remotePath: 'secret/data/app',
      remoteKey: 'nope',
    }
    await api.as(acme.owner).patch(`/api/secrets/${acme.secretId}`, there).expect(422)
    expect(await rows('UpdateSecret', 'failed')).toMatchObject([
      {
        resourceId: acme.secretId,
        detail: { failures: [{ secretId: acme.secretId, code: 'key_missing' }] },
      },
    ])
  })

  it('records a workload that could not start because a row was tampered with, and the API names it', async () => {
    const { api, acme } = world
    const owner = api.as(acme.owner)
    const secret = { name: freshName(), value: 'v' }
    const { id: secretId } = (await owner.post('/api/secrets', secret).expect(201)).body
    const consumer = { kind: 'agent', id: 'tampered' }
    await owner.post('/api/envs', { consumer, name: 'BROKEN', secretId }).expect(201)
    await api.database.prisma.secretVersion.updateMany({
      where: { secretId },
      data: { value: new Uint8Array(200) },
    })
    const { body } = await api
      .as(acme.orchestrator)
      .post('/api/resolve/workload', { consumer })
      .expect(422)
    expect(body.errors).toMatchObject([{ env: 'BROKEN', secretId, code: 'secret_unreadable' }])
    expect(await rows('ResolveWorkload', 'failed')).toHaveLength(1)
  })
})

describe('a secret provider', () => {
  it('keeps the default of what is cleared', async () => {
    const { api, acme, vault } = world
    const owner = api.as(acme.owner)
    const provider = vaultProvider(vault, freshName())
    const { id } = (await owner.post('/api/secret-providers', provider).expect(201)).body
    const cleared = { config: { authMethod: null } }
    const { body } = await owner.patch(`/api/secret-providers/${id}`, cleared).expect(200)
    expect(body.config.authMethod).toBe('token')
    const tested = await owner.post(`/api/secret-providers/${id}/test`).expect(200)
    expect(tested.body.ok).toBe(true)
  })

  it('is of unknown health once its config has changed', async () => {
    const { api, acme } = world
    const path = `/api/secret-providers/${acme.providerId}`
    const owner = api.as(acme.owner)
    await owner.post(`${path}/test`).expect(200)
    expect((await owner.get(path)).body.health.status).toBe('ok')
    const { body } = await owner.patch(path, { config: { namespace: 'other' } }).expect(200)
    expect(body.health.status).toBe('unknown')
    expect(body.health).not.toHaveProperty('checkedAt')
  })
})
