import { Database } from '../api/database/database.ts'
import { startPostgres } from '../scripts/postgres.ts'
import { BuiltApi } from './harness/built-api.ts'
import { median, type Bench, type Figure } from './harness/figure.ts'
import { jsonPost, load, type LoadResult } from './harness/load.ts'

const concurrencies = [1, 16, 64] as const
const roundMs = 3_000

/**
 * One local secret resolved again and again on a PostgreSQL that syncs. Every answer must have its
 * audit row, or the figure does not count.
 */
export const throughput: Bench = async (workspace) => {
  const postgres = workspace.owning(await startPostgres({ fsync: true }), (it) => it.stop())
  const api = workspace.owning(await BuiltApi.start({ databaseUrl: postgres.url }), (it) =>
    it.remove(),
  )
  const { id: organizationId, runtimeToken } = await api.organization()
  const { id: secretId } = await api.client().call('CreateSecret', {
    body: { organizationId, name: 'api-key', value: 'not-a-real-key-of-the-benchmark' },
  })
  const request = jsonPost(api.url, '/api/resolve/secret', runtimeToken, { secretId })
  let answers = 0
  const round = async (callers: number, ms: number) => {
    const result = await load(api.url, request, { callers, ms })
    answers += result.times.length
    return result
  }

  await round(16, 2_000) // until V8 has optimized what is hot
  const results = new Map<number, LoadResult[]>()
  for (let count = 0; count < 3; count++) {
    for (const callers of concurrencies) {
      results.set(callers, [...(results.get(callers) ?? []), await round(callers, roundMs)])
    }
  }
  await requireAuditRows(postgres.url, answers)
  return concurrencies.flatMap((callers): Figure[] => {
    const rounds = results.get(callers) ?? []
    const perSecond = median(rounds.map((round) => round.perSecond))
    const promise = callers === 1 ? {} : { promise: { atLeast: 1500 } }
    return [
      { what: `${callers} callers`, value: perSecond, unit: 'per second', ...promise },
      {
        what: `${callers} callers, median answer`,
        value: median(rounds.map((round) => median(round.times))),
        unit: 'ms',
      },
    ]
  })
}

async function requireAuditRows(url: string, answers: number): Promise<void> {
  const database = await Database.postgres(url)
  const [row] = await database.query<{ rows: number }>(
    'count-audit-rows',
    `SELECT count(*)::int AS rows FROM "AuditEvent" WHERE operation = 'ResolveSecret'`,
    [],
  )
  await database.close()
  if (row?.rows === answers) return
  throw new Error(`${answers} secrets were resolved, and ${row?.rows} audit rows written.`)
}
