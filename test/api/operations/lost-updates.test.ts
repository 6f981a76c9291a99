import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshName, startWorld, vaultProvider, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

// The embedded database has one connection: nothing can happen between a look and a lock.
describe.runIf(inject('testDatabase').kind === 'postgres')('a new value', () => {
  it('is refused when the secret became remote in the meantime, and never acknowledged and lost', async () => {
    const { api, acme } = world
    const { database } = api
    const owner = api.as(acme.owner)
    const rotated = await database.transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT 1 FROM "Secret" WHERE id = ${acme.secretId}::uuid FOR UPDATE`
      const patch = owner.patch(`/api/secrets/${acme.secretId}`, { value: 'rotated' }).then()
      await someoneWaits()
      await transaction.secretVersion.updateMany({
        where: { secretId: acme.secretId },
        data: { state: 'past' },
      })
      await transaction.secret.update({
        where: { id: acme.secretId },
        data: {
          storage: 'remote',
          currentVersion: null,
          providerId: acme.providerId,
          remotePath: 'secret/data/app',
          revision: { increment: 1 },
        },
      })
      return { patch }
    })
    const { status, body } = await rotated.patch
    expect({ status, code: body.code }).toEqual({ status: 412, code: 'precondition_failed' })
  })

  /** Until a second transaction waits for the row. */
  async function someoneWaits(): Promise<void> {
    for (;;) {
      const [row] = await world.api.database.query<{ waiting: boolean }>(
        '',
        `SELECT EXISTS (SELECT 1 FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock') AS waiting`,
        [],
      )
      if (row?.waiting) return
    }
  }
})

/** The nouns that can be changed, and what makes one of each. */
const nouns: readonly (readonly [string, () => object])[] = [
  ['organizations', () => ({ name: freshName() })],
  ['scopes', () => ({ organizationId: world.acme.id, kind: 'team', name: freshName() })],
  [
    'secret-providers',
    () => ({ organizationId: world.acme.id, ...vaultProvider(world.vault, freshName()) }),
  ],
  ['secrets', () => ({ organizationId: world.acme.id, name: freshName(), value: 'v' })],
  [
    'envs',
    () => ({
      organizationId: world.acme.id,
      consumer: { kind: 'agent', id: freshName() },
      name: 'A',
      value: 'v',
    }),
  ],
]

describe.each(nouns)('a change of %s with If-Match', (noun, body) => {
  const make = async (): Promise<string> =>
    `/api/${noun}/${(await world.api.as().post(`/api/${noun}`, body()).expect(201)).body.id}`

  it('is refused once another one came first, and so is a deletion', async () => {
    const admin = world.api.as()
    const path = await make()
    await admin.patch(path, { name: 'FIRST' }).set('If-Match', '"r1"').expect(200)
    const late = [admin.patch(path, { name: 'LATE' }), admin.delete(path)]
    for (const request of late) {
      const refused = await request.set('If-Match', '"r1"').expect(412)
      expect(refused.body.code).toBe('precondition_failed')
    }
    const now = await admin.get(path).expect(200)
    expect(now.body).toMatchObject({ name: 'FIRST', revision: 2 })
    expect(now.headers['etag']).toBe('"r2"')
    await admin.patch(path, { name: freshEnvName() }).expect(200)
    await admin.delete(path).set('If-Match', '"r3"').expect(204)
  })

  it('succeeds for one of many at the same time', async () => {
    const admin = world.api.as()
    const path = await make()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        admin.patch(path, { name: freshEnvName() }).set('If-Match', '"r1"'),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)])
    const made = answers.find(({ status }) => status === 200)
    const now = await admin.get(path).expect(200)
    expect(now.body).toMatchObject({ name: made?.body.name, revision: 2 })
  })
})

/** A name that anything may have, an env too. */
const freshEnvName = (): string => freshName().replace('-', '_')
