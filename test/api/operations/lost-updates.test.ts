import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startWorld, type World } from './world.ts'

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
