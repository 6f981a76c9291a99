import { setMaxListeners } from 'node:events'
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { percentile, type Bench, type Figure } from './harness/figure.ts'
import { load } from './harness/load.ts'
import { post } from './harness/post.ts'
import { createAgent, openStoreWorld, type StoreWorld } from './harness/store-world.ts'

/** Workloads at once, and how many answers each round of so many waits for. */
const crowds = [
  { callers: 1, answers: 60 },
  { callers: 16, answers: 96 },
  { callers: 64, answers: 192 },
] as const
const rounds = 3

/**
 * ResolveWorkload of fifty references to three paths, each in another store, alone, and while as many
 * workloads wait for fifty paths of a fourth one that takes requests and answers none.
 */
export const stalledStore: Bench = async (workspace) => {
  const world = await openStoreWorld(workspace)
  const stalled = { at: ['vault'], paths: 50 } as const
  // Three calls a workload: with one for each key, what is measured would be the limit that Azure publishes.
  const others = { at: ['aws-sm', 'azure-kv', 'gcp-sm'], paths: 1 } as const
  await createAgent(world, 'stalled', stalled)
  const request = await createAgent(world, 'others', others)
  const round = (size: { callers: number; answers: number }) => load(world.api.url, request, size)
  for (const size of crowds) await round(size) // until V8 has optimized what is hot

  const measured = crowds.map((size) => ({ size, alone: [] as number[], beside: [] as number[] }))
  for (let count = 0; count < rounds; count++) {
    for (const { size, alone, beside } of measured) {
      alone.push(...(await round(size)).times)
      await world.standIns.send({ stall: 'vault' })
      const stop = keepWaiting(world, size.callers)
      await delay(200) // until all of them wait
      beside.push(...(await round(size)).times)
      await stop()
      await world.standIns.send({ heal: 'vault' })
      await delay(500) // until the API is done with those who went away
    }
  }
  return measured.flatMap(({ size: { callers }, alone, beside }): Figure[] => {
    const p99 = { alone: percentile(99, alone), beside: percentile(99, beside) }
    const what = `three stores, ${callers} at once`
    return [
      { what: `${what}: p50`, value: percentile(50, alone), unit: 'ms' },
      { what: `${what}: p99`, value: p99.alone, unit: 'ms' },
      { what: `${what}, the fourth stalled: p50`, value: percentile(50, beside), unit: 'ms' },
      { what: `${what}, the fourth stalled: p99`, value: p99.beside, unit: 'ms' },
      {
        what: `${what}, the fourth stalled : without: p99`,
        value: p99.beside / p99.alone,
        unit: 'times',
        promise: { atMost: 2 },
      },
    ]
  })
}

/** So many workloads that ask the stalled store, and a second after each failure ask again, as an orchestrator would. */
function keepWaiting({ api, runtimeToken }: StoreWorld, workloads: number): () => Promise<void> {
  const agent = new http.Agent({ keepAlive: true })
  const stopping = new AbortController()
  setMaxListeners(workloads, stopping.signal)
  const body = { consumer: { kind: 'agent', id: 'stalled' } }
  let answered: string | undefined
  const keepAsking = async () => {
    while (!stopping.signal.aborted) {
      const resolved = post(agent, api.url, '/api/resolve/workload', runtimeToken, body)
      answered ??= await resolved.catch(() => undefined)
      await delay(1000, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const asking = Promise.all(Array.from({ length: workloads }, keepAsking))
  return async () => {
    stopping.abort()
    agent.destroy()
    await asking
    if (answered !== undefined) throw new Error(`The stalled store has answered: ${answered}`)
  }
}
