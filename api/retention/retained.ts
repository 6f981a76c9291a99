import type { Transaction } from '../database/database.ts'

/** How long what was deleted can be brought back, and what was delivered is remembered. */
export const RETAINED_DAYS = 30

/** What was deleted before this time is gone, by the database's clock, which is the same for all processes. */
export async function retainedSince(database: Pick<Transaction, '$queryRaw'>): Promise<Date> {
  const [row] = await database.$queryRaw<{ at: Date }[]>`
    SELECT now() - make_interval(days => ${RETAINED_DAYS}) AS at`
  if (!row) throw new Error('The database did not say what time it is.')
  return row.at
}
