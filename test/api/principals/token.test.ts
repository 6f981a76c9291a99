import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isTokenShaped, makeToken, prefixOf } from '../../../api/principals/token.ts'
import {
  ADMIN_TOKEN,
  startTestApi,
  type Organization,
  type TestApi,
} from '../../support/test-api.ts'

describe('a token', () => {
  it('has 54 characters, of which the last six tell a typing error', () => {
    for (let round = 0; round < 100; round++) {
      const token = makeToken()
      expect(token).toMatch(/^agyn_[0-9A-Za-z]{49}$/)
      expect(isTokenShaped(token)).toBe(true)
      const at = 5 + (round % 49)
      const wrong = token.slice(0, at) + (token[at] === 'x' ? 'y' : 'x') + token.slice(at + 1)
      expect(isTokenShaped(wrong)).toBe(false)
    }
  })

  it('shows four of its characters', () => {
    const token = makeToken()
    expect(prefixOf(token)).toBe(token.slice(0, 9))
  })
})

describe('a request', () => {
  let api: TestApi
  let acme: Organization
  beforeAll(async () => {
    api = await startTestApi()
    acme = await api.organization('acme')
  })
  afterAll(() => api.close())

  const whoAmI = (authorization: string) =>
    api.as().get('/api/whoami').set('Authorization', authorization)

  it.each(['Basic x', 'Bearer', 'Bearer ', 'Token agyn_x', 'Bearer a b'])(
    'with %j is told what to send',
    async (authorization) => {
      const { body } = await whoAmI(authorization).expect(401)
      expect(body.detail).toMatch(/Authorization: Bearer/)
    },
  )

  it('with a token cut short is told to copy it whole', async () => {
    const { body } = await whoAmI(`Bearer ${acme.owner.slice(0, -1)}`).expect(401)
    expect(body.detail).toMatch(/copied whole/)
  })

  it('may write Bearer as it likes', async () => {
    await whoAmI(`bearer   ${acme.owner} `).expect(200)
  })

  it('with the operator’s own token is an admin’s, of no organization', async () => {
    const { body } = await whoAmI(`Bearer ${ADMIN_TOKEN}`).expect(200)
    expect(body).toEqual({
      kind: 'admin',
      id: expect.any(String),
      name: 'AGYN_ADMIN_TOKEN',
      role: 'admin',
    })
    await whoAmI(`Bearer ${ADMIN_TOKEN}x`).expect(401)
  })

  it('with a revoked or expired token is told which of the two it is', async () => {
    const make = async () =>
      (await api.as(acme.owner).post('/api/api-tokens', { name: 'x', role: 'member' })).body
    const [revoked, expired] = [await make(), await make()]
    await api.as(acme.owner).delete(`/api/api-tokens/${revoked.id}`).expect(204)
    await api.as(acme.owner).delete(`/api/api-tokens/${revoked.id}`).expect(404)
    await api.database.prisma.apiToken.update({
      where: { id: expired.id },
      data: { expiresAt: new Date('2001-01-01') },
    })
    const told = async (token: string) => (await whoAmI(`Bearer ${token}`).expect(401)).body.detail
    expect(await told(revoked.token)).toMatch(/revoked/)
    expect(await told(expired.token)).toMatch(/expired/)
    const { body } = await api.as(acme.owner).get('/api/api-tokens?limit=200').expect(200)
    expect(JSON.stringify(body)).not.toContain(revoked.id)
  })

  it('leaves no token in the database, and notes when it was used', async () => {
    const rows = await api.database.query(
      '',
      'SELECT to_jsonb(t)::text AS row FROM "ApiToken" t',
      [],
    )
    const text = rows.map(({ row }) => String(row)).join()
    for (const token of [acme.owner, acme.member, acme.orchestrator, acme.llmProxy]) {
      expect(text).not.toContain(token.slice(9))
      expect(text).not.toContain(Buffer.from(token).toString('hex'))
    }
    await api.as(acme.member).get('/api/whoami').expect(200)
    await expect
      .poll(() => api.database.prisma.apiToken.count({ where: { lastUsedAt: { not: null } } }))
      .toBeGreaterThan(0)
  })

  it('of an admin names the organization as soon as there are two', async () => {
    const create = () => api.as().post('/api/secrets', { name: 's', value: 'v' })
    const { body } = await create().expect(201)
    expect(body.organizationId).toBe(acme.id)
    await api.organization('globex')
    expect((await create().expect(422)).body.errors).toMatchObject([
      { pointer: '#/organizationId', code: 'required', detail: expect.stringMatching(/several/) },
    ])
  })
})
