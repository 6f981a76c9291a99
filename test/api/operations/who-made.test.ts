import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshName, startWorld, vaultProvider, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)
const token = { kind: 'token', id: expect.any(String), name: 'owner' }

/** A body that makes one of each noun, and makes it again under the same name. */
const nouns: readonly (readonly [string, () => object])[] = [
  ['scopes', () => ({ kind: 'team', name: freshName() })],
  ['secret-providers', () => vaultProvider(world.vault, freshName())],
  ['secrets', () => ({ name: freshName(), value: 'v' })],
  ['envs', () => ({ consumer: { kind: 'agent', id: freshName() }, name: 'A', value: 'v' })],
]

describe.each(nouns)('a late change of %s', (noun, body) => {
  it('is told when and by whom the last one was made', async () => {
    const { id } = (await owner().post(`/api/${noun}`, body()).expect(201)).body
    const path = `/api/${noun}/${id}`
    const changed = await owner().patch(path, { name: freshEnvName() }).expect(200)
    const late = async () =>
      (await owner().patch(path, { name: 'LATE' }).set('If-Match', '"r1"').expect(412)).body
    const { updatedAt: at } = changed.body
    const byToken = await late()
    expect(byToken.lastChange).toEqual({ at, revision: 2, by: token })
    expect(byToken.detail).toContain(`at ${at} by the token \`owner\``)

    await world.api.as().patch(path, { name: freshEnvName() }).expect(200)
    const byAdmin = await late()
    expect(byAdmin.lastChange).toMatchObject({ revision: 3, by: { kind: 'admin' } })
    expect(byAdmin.lastChange.by).toEqual({ kind: 'admin' })
    expect(byAdmin.detail).toContain('by an admin')
  })
})

describe.each(nouns)('a name of %s that is taken', (noun, body) => {
  it('is told with what has it, and who made that', async () => {
    const same = body()
    const { id, createdAt } = (await owner().post(`/api/${noun}`, same).expect(201)).body
    const refused = (await world.api.as().post(`/api/${noun}`, inAcme(same)).expect(409)).body
    expect(refused).toMatchObject({ code: 'name_taken' })
    expect(refused.existing).toEqual({ id, createdAt, createdBy: token })
    await owner().delete(`/api/${noun}/${id}`).expect(204)
    await owner().post(`/api/${noun}`, same).expect(201)
  })
})

describe('a name that is taken', () => {
  it('of an organization was taken by an admin', async () => {
    const admin = world.api.as()
    const name = freshName()
    const { id, createdAt } = (await admin.post('/api/organizations', { name }).expect(201)).body
    const { body } = await admin.post('/api/organizations', { name }).expect(409)
    expect(body.existing).toEqual({ id, createdAt, createdBy: { kind: 'admin' } })
  })

  it('says nothing of what has it to who only renames', async () => {
    const [one, other] = [freshName(), freshName()]
    await owner().post('/api/secrets', { name: one, value: 'v' }).expect(201)
    const { id } = (await owner().post('/api/secrets', { name: other, value: 'v' })).body
    const { body } = await owner().patch(`/api/secrets/${id}`, { name: one }).expect(409)
    expect(body).not.toHaveProperty('existing')
  })
})

describe('who changed a thing', () => {
  const lastChangeOf = async (caller: ReturnType<typeof owner>, path: string) =>
    (await caller.patch(path, { description: 'late' }).set('If-Match', '"r99"').expect(412)).body

  it('is not told to a token that may not see theirs', async () => {
    const { api, acme } = world
    const limits = { name: 'limited', role: 'owner', scopeId: acme.scopeId }
    const limited = api.as((await owner().post('/api/api-tokens', limits).expect(201)).body.token)
    const body = { name: freshName(), value: 'v', scopeId: acme.scopeId }
    const { id, createdAt } = (await owner().post('/api/secrets', body).expect(201)).body
    const refused = await lastChangeOf(limited, `/api/secrets/${id}`)
    expect(refused.lastChange).toEqual({ at: expect.any(String), revision: 1 })
    expect(refused.detail).not.toContain('owner')
    const taken = (await limited.post('/api/secrets', body).expect(409)).body
    expect(taken.existing).toEqual({ id, createdAt })
  })

  it('is nothing to an owner of another organization, who is told 404', async () => {
    const path = `/api/secrets/${world.acme.secretId}`
    const stranger = world.api.as(world.globex.owner)
    const { body } = await stranger.patch(path, { name: 'x' }).set('If-Match', '"r99"').expect(404)
    expect(body).not.toHaveProperty('lastChange')
  })

  it('is not guessed where the change was part of a larger one', async () => {
    const [from, to] = [freshName(), freshName()]
    const made = async (path: string, body: object): Promise<string> =>
      (await owner().post(path, body).expect(201)).body.id
    const [old, fresh] = [
      await made('/api/secrets', { name: from, value: 'v' }),
      await made('/api/secrets', { name: to, value: 'v' }),
    ]
    const consumer = { kind: 'agent', id: freshName() }
    const env = await made('/api/envs', { consumer, name: 'A', secretId: old })
    await world.api
      .as()
      .post(`/api/secrets/${old}/replace-references`, { secretId: fresh })
      .expect(200)
    const late = owner().patch(`/api/envs/${env}`, { name: 'B' }).set('If-Match', '"r1"')
    const { lastChange } = (await late.expect(412)).body
    expect(lastChange).toEqual({ at: expect.any(String), revision: 2 })
  })
})

const inAcme = (body: object) => ({ organizationId: world.acme.id, ...body })

/** A name that anything may have, an env too. */
const freshEnvName = (): string => freshName().replace('-', '_')
