import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renewAdmin } from '../../../api/principals/admin-tokens.ts'
import { makeToken } from '../../../api/principals/token.ts'
import { freshName, noSuchId, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)

async function createToken(body: object = {}) {
  const all = { name: freshName(), role: 'member', ...body }
  return (await owner().post('/api/api-tokens', all).expect(201)).body
}

describe('a token that is read', () => {
  it('is shown as in the list, and not the token itself', async () => {
    const { token, ...made } = await createToken({ rotateEvery: '90d' })
    const { body } = await owner().get(`/api/api-tokens/${made.id}`).expect(200)
    const list = (await owner().get(`/api/api-tokens?name=${made.name}`).expect(200)).body
    expect(body).toEqual(made)
    expect(list.items).toEqual([made])
    expect(JSON.stringify(body)).not.toContain(token)
  })

  it('is shown once it has expired, and not once it was revoked', async () => {
    const { id } = await createToken()
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
    const inside = await createToken({ scopeId: acme.scopeId })
    await limited.get(`/api/api-tokens/${inside.id}`).expect(200)
    await limited.get(`/api/api-tokens/${acme.tokenId}`).expect(404)
  })
})

describe('a token that is renamed', () => {
  it('keeps all but its name, works as before, and leaves an audit row', async () => {
    const { token, ...made } = await createToken()
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
    ['a name that is none', { name: 'a/b' }, '#/name'],
    ['a role', { name: 'x', role: 'owner' }, '#/role'],
    ['an expiry that has passed', { expiresAt: '2001-01-31T12:00:00Z' }, '#/expiresAt'],
  ])('is refused %s', async (_, body, pointer) => {
    const { id } = await createToken()
    const { errors } = (await owner().patch(`/api/api-tokens/${id}`, body).expect(422)).body
    expect(errors).toMatchObject([{ pointer }])
  })

  it('is 404 when it was revoked, and from a scope that it does not belong to', async () => {
    const { id } = await createToken()
    const rename = { name: 'renamed' }
    const limited = world.api.as(await limitedOwner())
    await limited.patch(`/api/api-tokens/${id}`, rename).expect(404)
    await owner().delete(`/api/api-tokens/${id}`).expect(204)
    await owner().patch(`/api/api-tokens/${id}`, rename).expect(404)
  })
})

describe('a token whose expiry is moved', () => {
  const expiresAt = '2999-01-31T12:00:00.000Z'

  it('lasts so much longer, keeps all else, and leaves an audit row', async () => {
    const { token, ...made } = await createToken()
    const { body } = await owner().patch(`/api/api-tokens/${made.id}`, { expiresAt }).expect(200)
    expect(body).toEqual({ ...made, expiresAt })
    const known = await world.api.as(token).get('/api/whoami').expect(200)
    expect(known.body.expiresAt).toBe(expiresAt)
    const row = await world.api.database.prisma.auditEvent.findFirst({
      where: { operation: 'UpdateApiToken', resourceId: made.id },
    })
    expect(row).toMatchObject({ outcome: 'allowed', detail: { expiresAt } })
  })

  it('is refused once it has expired, and 404 once it was revoked', async () => {
    const { id } = await createToken()
    await world.api.database.prisma.apiToken.update({
      where: { id },
      data: { expiresAt: new Date('2001-01-01') },
    })
    const { errors } = (await owner().patch(`/api/api-tokens/${id}`, { expiresAt }).expect(422))
      .body
    expect(errors).toMatchObject([{ pointer: '#/expiresAt', code: 'expired' }])
    await owner().delete(`/api/api-tokens/${id}`).expect(204)
    await owner().patch(`/api/api-tokens/${id}`, { expiresAt }).expect(404)
  })

  it.each(['orchestrator', 'llm_proxy'])(
    'is prolonged by an admin alone when it is an %s',
    async (role) => {
      const admin = world.api.as()
      const body = { organizationId: world.acme.id, name: freshName(), role }
      const { id } = (await admin.post('/api/api-tokens', body).expect(201)).body
      await owner().patch(`/api/api-tokens/${id}`, { expiresAt }).expect(403)
      await owner().patch(`/api/api-tokens/${id}`, { name: 'renamed' }).expect(200)
      await admin.patch(`/api/api-tokens/${id}`, { expiresAt }).expect(200)
    },
  )

  it('is out of reach from a scope that it does not belong to', async () => {
    const { id } = await createToken()
    const limited = world.api.as(await limitedOwner())
    await limited.patch(`/api/api-tokens/${id}`, { expiresAt }).expect(404)
  })
})

const limitedOwner = async (): Promise<string> =>
  (await createToken({ role: 'owner', scopeId: world.acme.scopeId })).token

describe('a token that the caller made', () => {
  const make = (token: string, body: object = {}) =>
    owner().post('/api/api-tokens', { name: freshName(), role: 'member', token, ...body })

  it('works, and is in no answer, no column, no audit row and no line of the log', async () => {
    const token = makeToken()
    const { body } = await make(token).expect(201)
    expect(body).toMatchObject({ role: 'member', prefix: token.slice(0, 9) })
    expect(body).not.toHaveProperty('token')
    const known = await world.api.as(token).get('/api/whoami').expect(200)
    expect(known.body.id).toBe(body.id)

    const { database, logged } = world.api
    const rows = await database.query('', EVERYTHING_OF_TOKENS, [])
    expect(JSON.stringify([body, rows, logged])).not.toContain(token.slice(9))
  })

  it('can be made by whoever reads what the contract says of it', async () => {
    const random = '0aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuU'
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const sum = parseInt(createHash('sha256').update(random).digest('hex').slice(0, 12), 16)
    const checksum = [0, 1, 2, 3, 4, 5].map((at) => digits[Math.floor(sum / 62 ** at) % 62])
    await make(`agyn_${random}${checksum.join('')}`).expect(201)
  })

  it.each<[string, string, string]>([
    ['is no token at all', 'hunter2', 'invalid_regex'],
    ['begins in another way', makeToken().replace('agyn_', 'ghp__'), 'invalid_regex'],
    ['is too short', makeToken().slice(0, -1), 'invalid_regex'],
    ['is too long', `${makeToken()}x`, 'invalid_regex'],
    ['has other characters', makeToken().replace(/.$/, '-'), 'invalid_regex'],
    ['has characters around it', ` ${makeToken()}\n`, 'invalid_regex'],
    ['has a wrong checksum', makeToken().slice(0, -6) + 'aaaaaa', 'checksum'],
    ['can be guessed', `agyn_${'0123456789'.repeat(4)}012ABCDEF`, 'invalid_value'],
  ])('is refused when it %s, and not repeated', async (_, token, code) => {
    const { body } = await make(token).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '#/token', code }])
    expect(body.errors[0].detail).toMatch(/leave it out/)
    expect(JSON.stringify(body)).not.toContain(token.trim())
  })

  it('is refused when it exists already, in the same words whosever it is', async () => {
    const { api, acme, globex } = world
    const revoked = await createToken()
    await owner().delete(`/api/api-tokens/${revoked.id}`).expect(204)
    const ofAdmin = await renewAdmin(api.database)
    const taken = [acme.owner, globex.orchestrator, revoked.token, ofAdmin]
    for (const token of taken) {
      const { body } = await make(token).expect(409)
      const { requestId: _, ...said } = body
      expect(said).toEqual({
        ...{ type: '/problems/token_taken', title: 'The token is taken', status: 409 },
        code: 'token_taken',
        detail: 'This token exists already. Make another one, at random.',
      })
    }
  })

  it('gives nobody more than he may make without it', async () => {
    const refused = await make(makeToken(), { role: 'orchestrator' }).expect(403)
    expect(refused.body.detail).toMatch(/Only an admin/)
    const member = world.api.as(world.acme.member)
    const body = { name: freshName(), role: 'member', token: makeToken() }
    await member.post('/api/api-tokens', body).expect(403)
  })

  it('is answered again to a repeated request, which shows nothing that was shown once', async () => {
    const body = { name: freshName(), role: 'member', token: makeToken() }
    const send = () =>
      owner().post('/api/api-tokens', body).set('Idempotency-Key', body.name).expect(201)
    const first = await send()
    const again = await send()
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(again.body).toEqual(first.body)
  })
})

const EVERYTHING_OF_TOKENS = `
  SELECT to_jsonb(row)::text FROM "ApiToken" row UNION ALL
  SELECT to_jsonb(row)::text FROM "IdempotencyRecord" row UNION ALL
  SELECT to_jsonb(row)::text FROM "AuditEvent" row`
