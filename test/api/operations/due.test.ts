import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApi, type Organization, type TestApi } from '../../support/test-api.ts'
import { freshName } from './world.ts'

let api: TestApi
let acme: Organization
beforeAll(async () => {
  api = await startTestApi()
  acme = await api.organization('acme')
  // The tokens of the tests last for 90 days, and are out of the way.
})
afterAll(() => api.close())

const owner = () => api.as(acme.owner)

const DAY_MS = 86_400_000

/** As far from now by the database's clock. */
async function inDays(days: number): Promise<string> {
  const [row] = await api.database.query<{ at: Date }>(
    '',
    `SELECT now() + make_interval(secs => $1) AS at`,
    [(days * DAY_MS) / 1000],
  )
  return row?.at.toISOString() ?? expect.fail('no time')
}

const newSecret = async (rest: object = {}) =>
  (
    await owner()
      .post('/api/secrets', { name: freshName(), value: 'v', ...rest })
      .expect(201)
  ).body

const newToken = async (rest: object = {}) =>
  (
    await owner()
      .post('/api/api-tokens', { name: freshName(), role: 'member', ...rest })
      .expect(201)
  ).body

const due = async (query: object = {}, as = owner()) =>
  (await as.get('/api/due').query(query).expect(200)).body.items as {
    id: string
    reason: string
    at: string
    overdue: boolean
  }[]

const dueOf = async (ids: readonly string[], query: object = {}, as = owner()) =>
  (await due({ limit: 200, ...query }, as)).filter(({ id }) => ids.includes(id))

const pair = ({ id, reason }: { id: string; reason: string }) => [id, reason]

describe('what is due', () => {
  it('is what expires or is to be rotated within 30 days, the most overdue first', async () => {
    const overdue = await newSecret({ expiresAt: await inDays(-3) })
    const both = await newSecret({ expiresAt: await inDays(20), rotateEvery: '10d' })
    const later = await newSecret({ expiresAt: await inDays(31), rotateEvery: 'P31D' })
    const never = await newSecret()
    const token = await newToken({ expiresAt: await inDays(15), rotateEvery: '40d' })
    const ids = [overdue, both, later, never, token].map(({ id }) => id)
    const items = await dueOf(ids)
    expect(items.map(pair)).toEqual([
      [overdue.id, 'expires'],
      [both.id, 'rotation'],
      [token.id, 'expires'],
      [both.id, 'expires'],
    ])
    expect(items.map(({ overdue }) => overdue)).toEqual([true, false, false, false])
    expect(items[0]).toEqual({
      kind: 'secret',
      id: overdue.id,
      organizationId: acme.id,
      name: overdue.name,
      scopeId: acme.rootScopeId,
      reason: 'expires',
      at: overdue.expiresAt,
      overdue: true,
    })
    expect(items[1]?.at).toBe(both.rotateAt)
    expect(items[2]).toMatchObject({ kind: 'api_token', name: token.name })
    expect(items[2]).not.toHaveProperty('scopeId')
  })

  it('is asked for until another time', async () => {
    const [soon, late] = [
      await newSecret({ expiresAt: await inDays(3) }),
      await newSecret({ expiresAt: await inDays(300) }),
    ]
    const ids = [soon.id, late.id]
    expect(await dueOf(ids, { before: await inDays(2) })).toEqual([])
    expect((await dueOf(ids, { before: await inDays(400) })).map(pair)).toEqual(
      ids.map((id) => [id, 'expires']),
    )
    expect(await dueOf([soon.id], { before: soon.expiresAt })).toEqual([])
    const { body } = await owner().get('/api/due').query({ before: 'tomorrow' }).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '?before' }])
  })

  it('comes in pages, of which each begins where the one before it ended', async () => {
    const at = await inDays(-100)
    const ids = [
      (await newSecret({ expiresAt: at })).id,
      (await newSecret({ expiresAt: at })).id,
      (await newSecret({ expiresAt: at })).id,
    ]
    await api.database.prisma.secret.updateMany({
      where: { id: { in: ids } },
      data: { rotateEvery: '1d', rotateAt: new Date(at) },
    })
    const seen: string[][] = []
    let cursor: string | undefined
    while (seen.length < 6) {
      const query = { limit: 1, ...(cursor === undefined ? {} : { cursor }) }
      const { body } = await owner().get('/api/due').query(query).expect(200)
      seen.push(...body.items.map(pair))
      cursor = body.nextCursor
    }
    expect(seen).toEqual(
      [...ids].sort().flatMap((id) => [
        [id, 'expires'],
        [id, 'rotation'],
      ]),
    )
    await owner().get('/api/secrets').query({ cursor }).expect(400)
  })

  it('leaves out what was deleted or revoked', async () => {
    const at = await inDays(1)
    const [secret, token] = [await newSecret({ expiresAt: at }), await newToken({ expiresAt: at })]
    const ids = [secret.id, token.id]
    expect(await dueOf(ids)).toHaveLength(2)
    await owner().delete(`/api/secrets/${secret.id}`).expect(204)
    await owner().delete(`/api/api-tokens/${token.id}`).expect(204)
    expect(await dueOf(ids)).toEqual([])
  })

  it('shows tokens to owners alone', async () => {
    const at = await inDays(1)
    const [secret, token] = [await newSecret({ expiresAt: at }), await newToken({ expiresAt: at })]
    const ids = [secret.id, token.id]
    const shown = await dueOf(ids, {}, api.as(acme.member))
    expect(shown.map(({ id }) => id)).toEqual([secret.id])
  })

  it('is that of one organization, or of all to an admin', async () => {
    const globex = await api.organization(freshName())
    const expiresAt = await inDays(1)
    const ours = await newSecret({ expiresAt })
    const theirs = (
      await api
        .as(globex.owner)
        .post('/api/secrets', { name: freshName(), value: 'v', expiresAt })
        .expect(201)
    ).body
    const ids = [ours.id, theirs.id]
    const of = async (query: object, as = api.as()) =>
      (await dueOf(ids, query, as)).map(({ id }) => id)
    expect((await of({})).sort()).toEqual([...ids].sort())
    expect(await of({ organizationId: globex.id })).toEqual([theirs.id])
    expect(await of({}, owner())).toEqual([ours.id])
    const query = { organizationId: globex.id }
    const { body } = await owner().get('/api/due').query(query).expect(422)
    expect(body.errors).toMatchObject([{ pointer: '?organizationId', code: 'unknown_id' }])
  })

  it('shows to a token that is limited to a scope what it may list', async () => {
    const scope = async () =>
      (await owner().post('/api/scopes', { kind: 'team', name: freshName() }).expect(201)).body
        .id as string
    const [inside, outside] = [await scope(), await scope()]
    const expiresAt = await inDays(1)
    const made = [
      await newSecret({ expiresAt, scopeId: inside }),
      await newSecret({ expiresAt, scopeId: outside }),
      await newSecret({ expiresAt }),
      await newToken({ expiresAt, scopeId: inside }),
      await newToken({ expiresAt, scopeId: outside }),
      await newToken({ expiresAt }),
    ].map(({ id }) => id as string)
    const [secretInside, , secretAbove, tokenInside] = made
    const { token } = await newToken({ role: 'owner', scopeId: inside })
    const seen = (await dueOf(made, {}, api.as(token))).map(({ id }) => id)
    expect(seen.sort()).toEqual([secretInside, secretAbove, tokenInside].sort())
    const reader = await newToken({ role: 'member', scopeId: inside })
    const read = (await dueOf(made, {}, api.as(reader.token))).map(({ id }) => id)
    expect(read.sort()).toEqual([secretInside, secretAbove].sort())
  })
})

describe('an interval of rotation', () => {
  it.each(['90', '0d', '59m', '1y', 'P1M', '-1d', '3651d', '999999h', 'P1DT1H', '', ' 1d', '1 d'])(
    'is none when it is %j',
    async (rotateEvery) => {
      const secret = { name: freshName(), value: 'v', rotateEvery }
      const token = { name: freshName(), role: 'member', rotateEvery }
      const { id } = await newSecret()
      for (const refused of [
        await owner().post('/api/secrets', secret),
        await owner().post('/api/api-tokens', token),
        await owner().patch(`/api/secrets/${id}`, { rotateEvery }),
      ]) {
        expect(refused.status).toBe(422)
        expect(refused.body.errors).toMatchObject([{ pointer: '#/rotateEvery' }])
      }
    },
  )

  it.each([
    ['1h', 1 / 24],
    ['PT36H', 1.5],
    ['90d', 90],
    ['P2W', 14],
    ['3650d', 3650],
  ])(
    'of %s is kept as it was written, and counted from when the value was set',
    async (rotateEvery, days) => {
      const { id, ...secret } = await newSecret({ rotateEvery })
      expect(secret.rotateEvery).toBe(rotateEvery)
      expect(Date.parse(secret.rotateAt) - Date.parse(secret.rotatedAt)).toBe(days * DAY_MS)
      const token = await newToken({ rotateEvery })
      expect(token.rotateEvery).toBe(rotateEvery)
      expect(Date.parse(token.rotateAt)).toBeGreaterThan(Date.parse(token.createdAt))
      expect((await owner().get(`/api/secrets/${id}`)).body).toMatchObject({ rotateEvery })
    },
  )

  it('begins anew with a new value, and with nothing else', async () => {
    const { id } = await newSecret({ rotateEvery: '30d' })
    const was = new Date(await inDays(-40))
    await api.database.prisma.secret.update({
      where: { id },
      data: { rotatedAt: was, rotateAt: new Date(was.getTime() + 30 * DAY_MS) },
    })
    const patch = async (body: object) =>
      (await owner().patch(`/api/secrets/${id}`, body).expect(200)).body
    const overdue = async () => (await dueOf([id])).map(({ overdue }) => overdue)
    for (const body of [{ name: freshName() }, { description: 'd' }, { value: 'v' }]) {
      expect((await patch(body)).rotatedAt).toBe(was.toISOString())
    }
    expect(await overdue()).toEqual([true])
    const longer = await patch({ rotateEvery: '50d' })
    expect(longer).toMatchObject({ rotateEvery: '50d', rotatedAt: was.toISOString() })
    expect(await overdue()).toEqual([false])
    const set = await patch({ value: 'w' })
    expect(Date.parse(set.rotatedAt)).toBeGreaterThan(was.getTime())
    expect(Date.parse(set.rotateAt) - Date.parse(set.rotatedAt)).toBe(50 * DAY_MS)
    expect(await overdue()).toEqual([])
    const cleared = await patch({ rotateEvery: null })
    for (const field of ['rotateEvery', 'rotatedAt', 'rotateAt']) {
      expect(cleared).not.toHaveProperty(field)
    }
  })
})
