import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshName, noSuchId, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)

async function makeToken(body: object = {}) {
  const all = { name: freshName(), role: 'member', ...body }
  return (await owner().post('/api/api-tokens', all).expect(201)).body
}

describe('a token that is read', () => {
  it('is shown as in the list, and not the token itself', async () => {
    const { token, ...made } = await makeToken({ rotateEvery: '90d' })
    const { body } = await owner().get(`/api/api-tokens/${made.id}`).expect(200)
    const list = (await owner().get(`/api/api-tokens?name=${made.name}`).expect(200)).body
    expect(body).toEqual(made)
    expect(list.items).toEqual([made])
    expect(JSON.stringify(body)).not.toContain(token)
  })

  it('is shown once it has expired, and not once it was revoked', async () => {
    const { id } = await makeToken()
    await world.api.database.prisma.apiToken.update({
      where: { id },
      data: { expiresAt: new Date('2001-01-01') },
    })
    const { body } = await owner().get(`/api/api-tokens/${id}`).expect(200)
    expect(body.expiresAt).toBe('2001-01-01T00:00:00.000Z')
    await owner().delete(`/api/api-tokens/${id}`).expect(204)
    const revoked = await owner().get(`/api/api-tokens/${id}`).expect(404)
    const missing = await owner().get(`/api/api-tokens/${noSuchId}`).expect(404)
    expect(revoked.body.detail).toBe(missing.body.detail)
  })

  it('is 404 from a scope that it does not belong to', async () => {
    const { acme } = world
    const limited = world.api.as(await limitedOwner())
    const inside = await makeToken({ scopeId: acme.scopeId })
    await limited.get(`/api/api-tokens/${inside.id}`).expect(200)
    await limited.get(`/api/api-tokens/${acme.tokenId}`).expect(404)
  })
})

describe('a token that is renamed', () => {
  it('keeps all but its name, works as before, and leaves an audit row', async () => {
    const { token, ...made } = await makeToken()
    const { body } = await owner()
      .patch(`/api/api-tokens/${made.id}`, { name: 'renamed' })
      .expect(200)
    expect(body).toEqual({ ...made, name: 'renamed' })
    const known = await world.api.as(token).get('/api/whoami').expect(200)
    expect(known.body).toMatchObject({ id: made.id, name: 'renamed', role: 'member' })
    const row = await world.api.database.prisma.auditEvent.findFirst({
      where: { operation: 'UpdateApiToken', resourceId: made.id },
    })
    expect(row).toMatchObject({ outcome: 'allowed', detail: { name: 'renamed' } })
  })

  it.each<[string, object, string]>([
    ['no name', {}, '#/name'],
    ['a name that is none', { name: 'a/b' }, '#/name'],
    ['a role', { name: 'x', role: 'owner' }, '#/role'],
    ['an expiry', { name: 'x', expiresAt: '2999-01-31T12:00:00Z' }, '#/expiresAt'],
  ])('is refused %s', async (_, body, pointer) => {
    const { id } = await makeToken()
    const { errors } = (await owner().patch(`/api/api-tokens/${id}`, body).expect(422)).body
    expect(errors).toMatchObject([{ pointer }])
  })

  it('is 404 when it was revoked, and from a scope that it does not belong to', async () => {
    const { id } = await makeToken()
    const rename = { name: 'renamed' }
    const limited = world.api.as(await limitedOwner())
    await limited.patch(`/api/api-tokens/${id}`, rename).expect(404)
    await owner().delete(`/api/api-tokens/${id}`).expect(204)
    await owner().patch(`/api/api-tokens/${id}`, rename).expect(404)
  })
})

const limitedOwner = async (): Promise<string> =>
  (await makeToken({ role: 'owner', scopeId: world.acme.scopeId })).token
