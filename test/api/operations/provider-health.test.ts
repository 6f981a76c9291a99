import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ActivityKeeper } from '../../../api/activity/activity-keeper.ts'
import { ProviderActivity } from '../../../api/backends/provider-activity.ts'
import type { Caller } from '../../support/test-api.ts'
import { send } from '../backends/vault/fake-vault.ts'
import { freshName, noSuchId, startWorld, vaultProvider, type World } from './world.ts'

let world: World
let owner: Caller
beforeAll(async () => {
  world = await startWorld()
  owner = world.api.as(world.acme.owner)
})
afterAll(() => world.close())

async function newProvider(): Promise<string> {
  const body = { ...vaultProvider(world.vault, freshName()), allowBrowse: true }
  return (await owner.post('/api/secret-providers', body).expect(201)).body.id
}

const healthOf = async (id: string) =>
  (await owner.get(`/api/secret-providers/${id}`).expect(200)).body.health

const readAt = (id: string, path: string) =>
  owner.get(`/api/secret-providers/${id}/paths?path=${path}`)

const rowOf = (id: string) =>
  world.api.database.prisma.secretProvider.findUniqueOrThrow({ where: { id } })

const NOTHING = { calls: 0, throttles: 0, failures: 0 }

describe('the health of a provider', () => {
  it('is unknown of one that was never asked', async () => {
    expect(await healthOf(await newProvider())).toEqual({ status: 'unknown', lastHour: NOTHING })
  })

  it('counts the calls of the last hour at once, and says when the last one went well', async () => {
    const id = await newProvider()
    const before = world.vault.requests.length
    await readAt(id, 'secret/data/app').expect(200)
    const sent = world.vault.requests.length - before
    const { lastHour, lastSuccessAt, ...rest } = await healthOf(id)
    expect(lastHour).toEqual({ ...NOTHING, calls: sent })
    expect(Date.parse(lastSuccessAt)).toBeLessThanOrEqual(Date.now())
    expect(rest).toEqual({ status: 'unknown' }) // it was not tested
    await readAt(id, 'secret/data/app').expect(200)
    expect((await healthOf(id)).lastHour.calls).toBeGreaterThan(sent)
  })

  it('names the last failure, and counts throttles and failures apart', async () => {
    const id = await newProvider()
    world.vault.answer('secret/data/busy', (_, response) => send(response, 429, '{"errors":[]}'))
    await readAt(id, 'secret/data/busy').expect(503)
    const busy = await healthOf(id)
    expect(busy).toMatchObject({ lastFailureCode: 'throttled', lastFailureAt: expect.any(String) })
    expect(busy.lastHour.throttles).toBeGreaterThan(0)
    expect(busy.lastHour.failures).toBe(0)
    expect(busy).not.toHaveProperty('lastSuccessAt')

    world.vault.answer('secret/data/broken', (_, response) => send(response, 500, '{}'))
    await readAt(id, 'secret/data/broken')
    expect((await healthOf(id)).lastHour.failures).toBeGreaterThan(0)
  })

  it('counts a path that is missing as a store that answered', async () => {
    const id = await newProvider()
    await readAt(id, 'secret/data/nope').expect(422)
    const health = await healthOf(id)
    expect(health).toHaveProperty('lastSuccessAt')
    expect(health).not.toHaveProperty('lastFailureAt')
  })

  it('is shown in lists as far as it was written down, without sums, and nothing is asked', async () => {
    const id = await newProvider()
    await readAt(id, 'secret/data/app').expect(200)
    const { lastHour: _, ...written } = await healthOf(id)
    const before = world.vault.requests.length
    const { items } = (await owner.get('/api/secret-providers?limit=200').expect(200)).body
    const [found] = items.filter((item: { id: string }) => item.id === id)
    expect(found.health).toEqual(written)
    expect(world.vault.requests).toHaveLength(before)
  })

  it('is no change of the provider', async () => {
    const id = await newProvider()
    const before = await rowOf(id)
    await readAt(id, 'secret/data/app').expect(200)
    await healthOf(id)
    const after = await rowOf(id)
    expect([after.revision, after.updatedAt]).toEqual([before.revision, before.updatedAt])
    expect(after.lastSuccessAt).not.toBeNull()
  })

  it('forgets what is older than an hour', async () => {
    const id = await newProvider()
    await readAt(id, 'secret/data/app').expect(200)
    expect((await healthOf(id)).lastHour.calls).toBeGreaterThan(0)
    const age = `UPDATE "ProviderMinute" SET minute = minute - interval '1 hour' WHERE "providerId" = $1`
    await world.api.database.query('', age, [id])
    expect((await healthOf(id)).lastHour).toEqual(NOTHING)
  })
})

describe('the keeper of activity', () => {
  const at = (minute: number) => new Date(Date.UTC(2027, 0, 1, 12, minute))

  /** What one process counted. */
  function process(now: () => Date) {
    const activity = new ProviderActivity(now)
    return { activity, keeper: new ActivityKeeper(world.api.database, activity) }
  }

  it('adds what several processes count, and lets times only move on', async () => {
    const id = await newProvider()
    const [late, early] = [process(() => at(2)), process(() => at(1))]
    for (const { activity } of [late, early]) {
      activity.meterOf(id).called()
      activity.meterOf(id).failed()
      activity.succeeded(id)
    }
    late.activity.failed(id, 'sealed')
    early.activity.failed(id, 'timeout')
    await late.keeper.close()
    await early.keeper.close()
    expect(await healthOf(id)).toEqual({
      status: 'unknown',
      lastSuccessAt: at(2).toISOString(),
      lastFailureAt: at(2).toISOString(),
      lastFailureCode: 'sealed',
      lastHour: { calls: 2, throttles: 0, failures: 2 },
    })
  })

  it('overlooks what belongs to no living provider', async () => {
    const [living, deleted] = [await newProvider(), await newProvider()]
    await owner.delete(`/api/secret-providers/${deleted}`).expect(204)
    const { activity, keeper } = process(() => at(1))
    for (const id of [living, deleted, noSuchId]) activity.meterOf(id).called()
    await keeper.close()
    const rows = await world.api.database.prisma.providerMinute.findMany({
      where: { providerId: { in: [living, deleted, noSuchId] } },
    })
    expect(rows).toMatchObject([{ providerId: living, calls: 1 }])
    expect((await rowOf(deleted)).lastSuccessAt).toBeNull()
  })

  it('keeps what could not be written down, and adds what came since', async () => {
    const id = await newProvider()
    const { activity, keeper } = process(() => at(1))
    activity.meterOf(id).called()
    activity.succeeded(id)
    const query = vi.spyOn(world.api.database, 'query').mockRejectedValueOnce(new Error('down'))
    await expect(keeper.flush()).rejects.toThrow('down')
    query.mockRestore()
    activity.meterOf(id).called()
    activity.failed(id, 'timeout')
    await keeper.close()
    expect(await healthOf(id)).toMatchObject({
      lastSuccessAt: at(1).toISOString(),
      lastFailureCode: 'timeout',
      lastHour: { calls: 2 },
    })
  })

  it('writes every ten seconds, and tells of what went wrong', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const activity = new ProviderActivity()
    const errors: unknown[] = []
    const query = vi.fn().mockRejectedValue(new Error('down'))
    const keeper = new ActivityKeeper({ query } as never, activity, (error) => errors.push(error))
    vi.advanceTimersByTime(10_000)
    await keeper.flush()
    expect(query).not.toHaveBeenCalled() // there was nothing to write
    activity.meterOf(noSuchId).called()
    vi.advanceTimersByTime(10_000)
    vi.useRealTimers()
    await vi.waitFor(() => expect(errors).toHaveLength(1))
    query.mockResolvedValue([])
    await keeper.close()
    expect(query).toHaveBeenCalledTimes(2)
  })
})
