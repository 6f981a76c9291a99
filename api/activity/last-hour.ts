import type { Database } from '../database/database.ts'

/** What was asked of a provider's store, by all processes together. */
export interface LastHour {
  readonly calls: number
  readonly throttles: number
  readonly failures: number
}

/** Of the last hour by the database's clock, as far as it has been written down. */
export async function lastHourOf(
  database: Database,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
): Promise<LastHour> {
  const [sum] = await database.query<{ calls: number; throttles: number; failures: number }>(
    'last-hour',
    `SELECT coalesce(sum(calls), 0)::int AS calls, coalesce(sum(throttles), 0)::int AS throttles,
       coalesce(sum(failures), 0)::int AS failures
     FROM "ProviderMinute"
     WHERE "organizationId" = $1 AND "providerId" = $2 AND minute > now() - interval '1 hour'`,
    [organizationId, id],
  )
  if (!sum) throw new Error('A sum without a row.')
  return sum
}
