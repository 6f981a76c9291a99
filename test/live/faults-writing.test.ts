import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { providerTypeNames } from '../../contract/schemas/provider-types/index.ts'
import { mend, UNTIL_WELL, VALUE_BYTES } from './faults-networks.ts'
import { startFaultsWorld, timed, type FaultsWorld, type TimedAnswer } from './faults-world.ts'
import type { Toxic } from './servers/toxiproxy.ts'

/** Ten seconds for the write and five to look whether it arrived, before the 30 s of a request are over. */
const IN_TIME_MS = 20_000

let world: FaultsWorld
let stopWorking: () => Promise<void>
beforeAll(async () => {
  world = await startFaultsWorld()
  stopWorking = await world.api.app.work({ alone: false })
})
afterAll(async () => {
  await stopWorking()
  await world.close()
})

/** By what is said of a network: that it … */
const losses: Readonly<Record<string, Loss>> = {
  'swallows all requests': {
    first: { type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } },
  },
  'swallows all answers': {
    first: { type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } },
  },
  'ends a request amid the value': {
    first: { type: 'limit_data', stream: 'upstream', attributes: { bytes: 8000 } },
    isUnknown: true,
  },
  'breaks down once the value has arrived': {
    // So that there is time to notice that it has.
    first: { type: 'latency', stream: 'downstream', attributes: { latency: 2000 } },
    arrives: true,
    isUnknown: true,
  },
}

interface Loss {
  readonly first: Toxic
  readonly arrives?: true
  /** Nobody can tell. Otherwise a store may be looked at first: when that fails, no value was sent. */
  readonly isUnknown?: true
}

const cases = Object.entries(losses).flatMap(([name, loss]) =>
  providerTypeNames.map((type) => [name, type, loss] as const),
)

it.concurrent.for(cases)(
  'a network that %s leaves no doubt of what was written to the %s behind it',
  async ([name, type, { first, arrives, isUnknown }]) => {
    const { id: providerId, proxy, store } = await world.provider(type, `${type} ${name}`)
    const [before, after] = [newValue(), newValue()]
    const secret = { name: `${type}-${providerId}`, providerId, value: before }
    const { id, remotePath } = (await world.owner.post('/api/secrets', secret).expect(201)).body

    await proxy.poison(first)
    const writing = timed(() => world.owner.patch(`/api/secrets/${id}`, { value: after }))
    if (arrives) {
      const arrival = async () => expect(await store.get(remotePath)).toBe(after)
      await vi.waitFor(arrival, { timeout: 20_000, interval: 50 })
      await proxy.enable(false)
    }
    const answer = await writing
    const [, last] = await statesOf(id)
    expect(isUnknown ? ['pending'] : ['pending', 'failed']).toContain(last)
    expectTold(answer, last === 'pending' ? 'did not say whether' : 'did not take the value', id)

    await mend(proxy)
    await vi.waitFor(async () => {
      await letSettle(id)
      expect(await statesOf(id)).not.toContain('pending')
    }, UNTIL_WELL)
    const kept = await store.get(remotePath)
    expect(await resolve(id)).toMatchObject({ status: 200, body: { value: kept } })
    expect(await statesOf(id)).toEqual(kept === after ? ['past', 'current'] : ['current', 'failed'])
    if (arrives) expect(kept).toBe(after)
    if (last === 'failed') expect(kept).toBe(before)
  },
)

function expectTold({ status, body, text, ms }: TimedAnswer, what: string, secretId: string): void {
  expect(body).toMatchObject({
    code: 'provider_unavailable',
    detail: expect.stringContaining(what),
    errors: [{ secretId, providerName: expect.any(String), path: expect.any(String) }],
  })
  expect(status).toBe(503)
  expect(ms).toBeLessThan(IN_TIME_MS)
  world.expectNothingTold(text)
}

function newValue(): string {
  const canary = world.canary()
  return canary.repeat(VALUE_BYTES / canary.length)
}

async function statesOf(secretId: string): Promise<string[]> {
  const { secretVersion } = world.api.database.prisma
  const versions = await secretVersion.findMany({ where: { secretId }, orderBy: { number: 'asc' } })
  return versions.map(({ state }) => state)
}

/** Whoever writes has half a minute, in which nobody else looks whether it arrived. It is over now. */
async function letSettle(secretId: string): Promise<void> {
  await world.api.database.prisma.$executeRaw`
    UPDATE "SecretVersion" SET "writingUntil" = now()
    WHERE "secretId" = ${secretId}::uuid AND state = 'pending'`
}

const resolve = (secretId: string) => world.orchestrator.post('/api/resolve/secret', { secretId })
