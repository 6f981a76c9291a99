import { providerTypeNames } from '../contract/schemas/provider-types/index.ts'
import { percentile, type Bench, type Figure } from './harness/figure.ts'
import { load } from './harness/load.ts'
import type { ByType } from './harness/stand-ins.ts'
import {
  createAgent,
  openStoreWorld,
  type References,
  type StoreWorld,
} from './harness/store-world.ts'

interface Agent {
  readonly what: string
  readonly references: References
  /** The fewest calls that its stores allow. */
  readonly calls: Partial<ByType<number>>
  /** Workloads of it are also started many at once. */
  readonly crowd: boolean
}

const agents: readonly Agent[] = [
  ...providerTypeNames.map((type): Agent => ({
    what: `one path of ${type}`,
    references: { at: [type], paths: 1 },
    calls: { [type]: 1 },
    crowd: type === 'vault', // what is left is our own work, the same for each
  })),
  ...providerTypeNames.map((type): Agent => ({
    what: `fifty paths of ${type}`,
    references: { at: [type], paths: 50 },
    calls: { [type]: type === 'aws-sm' ? 3 : 50 }, // AWS answers twenty in one
    crowd: true,
  })),
  {
    what: 'four stores mixed',
    references: { at: providerTypeNames, paths: 50 },
    calls: { vault: 13, 'aws-sm': 1, 'azure-kv': 12, 'gcp-sm': 12 },
    crowd: true,
  },
]

/** Workloads at once, and how many answers each round of so many waits for. */
const sizes = [
  { callers: 1, answers: 60 },
  { callers: 16, answers: 96 },
  { callers: 64, answers: 192 },
] as const
const rounds = 2

/** ResolveWorkload of fifty references: how often it asks each store, and how long it takes when many start at once. */
export const resolveStores: Bench = async (workspace) => {
  const world = await openStoreWorld(workspace)
  const requests = new Map<Agent, Buffer>()
  const figures: Figure[] = []
  for (const agent of agents) {
    const request = await createAgent(world, agent.what, agent.references)
    requests.set(agent, request)
    figures.push(...(await countCalls(world, agent, request)))
  }
  const resolve = async ({ agent, callers, answers }: Crowd) => {
    const request = requests.get(agent) ?? Buffer.of()
    return (await load(world.api.url, request, { callers, answers })).times
  }
  // By size, so that the agents of one store do not come one after another: Azure has a limit for ten seconds.
  const crowds = sizes.flatMap((size) =>
    agents.filter(({ crowd }) => crowd).map((agent): Crowd => ({ ...size, agent, times: [] })),
  )
  for (const crowd of crowds.slice(-2)) await resolve(crowd) // until V8 has optimized what is hot
  for (let round = 0; round < rounds; round++) {
    for (const crowd of crowds) crowd.times.push(...(await resolve(crowd)))
  }
  return [...figures, ...crowds.flatMap(percentiles)]
}

/** One agent's workloads that start at once, and how long their answers took. */
interface Crowd {
  readonly agent: Agent
  readonly callers: number
  readonly answers: number
  readonly times: number[]
}

async function countCalls(
  { api, standIns }: StoreWorld,
  { what, calls }: Agent,
  request: Buffer,
): Promise<Figure[]> {
  const resolve = () => load(api.url, request, { callers: 1, answers: 1 })
  await resolve() // logs in, and learns where mounts end
  const made = await standIns.callsOf(resolve)
  return providerTypeNames
    .filter((type) => made[type] > 0 || calls[type] !== undefined)
    .map((type) => ({
      what: `${what}: calls of ${type}`,
      value: made[type],
      unit: 'calls',
      promise: { atMost: calls[type] ?? 0 },
    }))
}

const percentiles = ({ agent: { what }, callers, times }: Crowd): Figure[] =>
  [50, 99].map((percent) => ({
    what: `${what}, ${callers} at once: p${percent}`,
    value: percentile(percent, times),
    unit: 'ms',
  }))
