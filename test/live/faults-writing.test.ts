import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ProviderType } from '../../api/backends/registry.ts'
import { providerTypeNames } from '../../contract/schemas/provider-types/index.ts'
import { mend, UNTIL_WELL, VALUE_BYTES } from './faults-networks.ts'
import { startFaultsWorld, timed, type FaultsWorld } from './faults-world.ts'
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
  'swallows requests': {
    toxic: { type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } },
    neverSentTo: ['aws-sm', 'gcp-sm'],
    arrivesAt: [],
  },
  'swallows answers': {
    toxic: { type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } },
    neverSentTo: ['aws-sm', 'gcp-sm'],
    arrivesAt: ['vault'],
  },
  'ends requests amid a value': {
    toxic: { type: 'limit_data', stream: 'upstream', attributes: { bytes: 8000 } },
    neverSentTo: [],
    arrivesAt: [],
  },
}

interface Loss {
  readonly toxic: Toxic
  /** What is there is looked at first: when that fails, it is certain that no value was sent. */
  readonly neverSentTo: readonly ProviderType[]
  readonly arrivesAt: readonly ProviderType[]
}

const cases = Object.entries(losses).flatMap(([name, loss]) =>
  providerTypeNames.map((type) => [name, type, loss] as const),
)

it.concurrent.for(cases)(
  'a network that %s leaves nothing unknown of a value written to the %s behind it',
  async ([name, type, { toxic, neverSentTo, arrivesAt }]) => {
    const { id: providerId, proxy, store } = await world.provider(type, `${type} ${name}`)
    const [before, after] = [newValue(), newValue()]
    const secret = { name: `${type}-${providerId}`, providerId, value: before }
    const { id, remotePath } = (await world.owner.post('/api/secrets', secret).expect(201)).body

    await proxy.poison(toxic)
    const answer = await timed(() => world.owner.patch(`/api/secrets/${id}`, { value: after }))
    const { status, body, ms } = answer
    const isKnown = neverSentTo.includes(type)
    expect(body).toMatchObject({
      code: 'provider_unavailable',
      detail: expect.stringContaining(isKnown ? 'is as it was before' : 'did not say whether'),
      errors: [{ secretId: id, providerId, path: remotePath }],
    })
    expect(status).toBe(503)
    expect(ms).toBeLessThan(IN_TIME_MS)
    expect(await statesOf(id)).toEqual(['current', isKnown ? 'failed' : 'pending'])
    world.expectNothingTold(answer.text)

    await mend(proxy)
    await vi.waitFor(async () => {
      await letSettle(id)
      expect(await statesOf(id)).not.toContain('pending')
    }, UNTIL_WELL)
    const arrived = arrivesAt.includes(type)
    const kept = arrived ? after : before
    expect(await statesOf(id)).toEqual(arrived ? ['past', 'current'] : ['current', 'failed'])
    expect(await store.get(remotePath)).toBe(kept)
    expect(await resolve(id)).toMatchObject({ status: 200, body: { value: kept } })
  },
)

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
