import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate } from '../backends/outbound/make-certificate.ts'
import { freshName, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)
const orchestrator = () => world.api.as(world.acme.orchestrator)

async function roundTrip(value: string, encoding: 'utf8' | 'base64') {
  const body = { name: freshName(), value, encoding }
  const { id } = (await owner().post('/api/secrets', body).expect(201)).body
  const answer = await orchestrator().post('/api/resolve/secret', { secretId: id }).expect(200)
  return Buffer.from(answer.body.value, answer.body.encoding)
}

const binary = Buffer.from(Array.from({ length: 256 }, (_, index) => index))

describe('a local value', () => {
  it.each<[string, string, 'utf8' | 'base64']>([
    ['PEM', makeCertificate({ host: 'vault.test' }).key, 'utf8'],
    ['many lines', 'a\r\nb\n\n\tc\n', 'utf8'],
    ['spaces at both ends', '  x  ', 'utf8'],
    ['emoji and combining marks', '🔑 e\u0301 \u202e', 'utf8'],
    ['a byte order mark', '\ufeffx', 'utf8'],
    ['nothing', '', 'utf8'],
    ['NUL', 'a\0b', 'utf8'],
    ['JSON', '{"__proto__":1,"n":12345678901234567890}', 'utf8'],
    ['two asterisks', '**', 'utf8'],
    ['exactly 64 KiB', 'x'.repeat(65_536), 'utf8'],
    ['64 KiB of wide characters', '€'.repeat(21_845) + 'x', 'utf8'],
    ['every byte', binary.toString('base64'), 'base64'],
    ['64 KiB of zeros', Buffer.alloc(65_536).toString('base64'), 'base64'],
    ['text in base64', Buffer.from('plain').toString('base64'), 'base64'],
  ])('of %s comes back byte for byte', async (_, value, encoding) => {
    const sent = Buffer.from(value, encoding)
    expect((await roundTrip(value, encoding)).equals(sent)).toBe(true)
  })

  it('of any bytes comes back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const sent = Buffer.from(bytes)
        expect((await roundTrip(sent.toString('base64'), 'base64')).equals(sent)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('of one byte more than 64 KiB is 422, in base64 too', async () => {
    const value = Buffer.alloc(65_537).toString('base64')
    const body = { name: freshName(), value, encoding: 'base64' }
    const { errors } = (await owner().post('/api/secrets', body).expect(422)).body
    expect(errors).toMatchObject([{ pointer: '#/value', code: 'too_big' }])
  })

  it('keeps its last ten versions', async () => {
    const { id } = (
      await owner().post('/api/secrets', { name: freshName(), value: 'v0' }).expect(201)
    ).body
    for (let number = 1; number <= 11; number++) {
      await owner()
        .patch(`/api/secrets/${id}`, { value: `v${number}` })
        .expect(200)
    }
    const rows = await world.api.database.prisma.secretVersion.findMany({
      where: { secretId: id },
      orderBy: { number: 'asc' },
    })
    expect(rows.map(({ number }) => number)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(rows.map(({ state }) => state)).toEqual([...Array(9).fill('past'), 'current'])
  })

  it('is one version for each of ten writers at once', async () => {
    const { id } = (
      await owner().post('/api/secrets', { name: freshName(), value: 'v' }).expect(201)
    ).body
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        owner().patch(`/api/secrets/${id}`, { value: `w${index}` }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    const versions = answers.map(({ body }) => Number(body.version)).sort((a, b) => a - b)
    expect(versions).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })
})

describe('a name', () => {
  it('goes to one of ten who ask for it at once', async () => {
    const name = freshName()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => owner().post('/api/secrets', { name, value: 'v' })),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, ...Array(9).fill(409)])
  })
})

describe('an organization', () => {
  it('is deleted only when it is empty, and its id is never used again', async () => {
    const admin = world.api.as()
    const { body } = await admin.post('/api/organizations', { name: freshName() }).expect(201)
    const inside = { organizationId: body.id, name: 'x', value: 'v' }
    const secret = await admin.post('/api/secrets', inside).expect(201)
    const refused = await admin.delete(`/api/organizations/${body.id}`).expect(409)
    expect(refused.body).toMatchObject({
      code: 'in_use',
      count: 1,
      references: [{ kind: 'secret', id: secret.body.id, name: 'x' }],
    })
    await admin.delete(`/api/secrets/${secret.body.id}`).expect(204)
    await admin.delete(`/api/organizations/${body.id}`).expect(204)
    await admin.get(`/api/organizations/${body.id}`).expect(404)
    const { count } = await world.api.database.prisma.dataKey.deleteMany({
      where: { organizationId: body.id },
    })
    expect(count).toBe(0)
    // Other processes may still hold its keys, and the audit log speaks of it.
    const again = await admin.post('/api/organizations', { id: body.id, name: freshName() })
    expect(again.body.code).toBe('id_taken')
  })

  it('that goes while something is made in it leaves nothing behind and breaks nothing', async () => {
    const admin = world.api.as()
    const { body } = await admin.post('/api/organizations', { name: freshName() }).expect(201)
    const make = (index: number) =>
      admin.post('/api/secrets', { organizationId: body.id, name: `s${index}`, value: 'v' })
    const [removed, ...answers] = await Promise.all([
      admin.delete(`/api/organizations/${body.id}`),
      ...Array.from({ length: 5 }, (_, index) => make(index)),
    ])
    expect([204, 409]).toContain(removed.status)
    for (const { status } of answers) expect([201, 422]).toContain(status)
  })
})
