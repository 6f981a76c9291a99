import { startPostgres } from '../scripts/postgres.ts'
import { BuiltApi } from './harness/built-api.ts'
import { median, timed, type Bench, type Figure } from './harness/figure.ts'
import { jsonPost, load } from './harness/load.ts'

const rounds = 7
const resolves = 1_000

/** Warm start to ready, and memory after it and after a thousand resolves, on either database. */
export const start: Bench = async (workspace) => {
  const postgres = workspace.owning(await startPostgres({ fsync: true }), (it) => it.stop())
  const embedded = workspace.owning(await BuiltApi.start(), (it) => it.remove())
  const served = workspace.owning(await BuiltApi.start({ databaseUrl: postgres.url }), (it) =>
    it.remove(),
  )
  return [...(await measure('PGlite', embedded)), ...(await measure('PostgreSQL', served))]
}

async function measure(database: string, api: BuiltApi): Promise<Figure[]> {
  const { id: organizationId, runtimeToken } = await api.organization()
  const { id: secretId } = await api.client().call('CreateSecret', {
    body: { organizationId, name: 'api-key', value: 'not-a-real-key-of-the-benchmark' },
  })
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++) {
    await api.stop()
    const ms = await timed(async () => {
      await api.start()
      const { status } = await fetch(new URL('/readyz', api.url))
      if (status !== 200) throw new Error(`The API has started and is not ready: ${status}`)
    })
    seconds.push(ms / 1000)
  }
  const atStart = api.memory()
  const request = jsonPost(api.url, '/api/resolve/secret', runtimeToken, { secretId })
  await load(api.url, request, { callers: 16, answers: resolves })
  return [
    { what: `start to ready on ${database}`, value: median(seconds), unit: 's' },
    { what: `memory after the start on ${database}`, value: atStart, unit: 'MB' },
    { what: `memory after 1,000 resolves on ${database}`, value: api.memory(), unit: 'MB' },
  ]
}
