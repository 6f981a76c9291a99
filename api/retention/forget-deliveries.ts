import type { Transaction } from '../database/database.ts'
import type { Prisma } from '../database/gen/client.ts'

/**
 * Deletes deliveries and answers how many. It waits for no lock, and so never stands in the way of a
 * start: what is being written now is not what was to be forgotten.
 *
 * @param which - a condition on the columns of "Delivery"
 */
export const forgetDeliveries = (
  transaction: Pick<Transaction, '$executeRaw'>,
  which: Prisma.Sql,
  limit?: number,
): Promise<number> => transaction.$executeRaw`
  WITH forgotten AS MATERIALIZED (
    SELECT "organizationId", "workloadId", env, "secretId" FROM "Delivery"
    WHERE ${which} LIMIT ${limit ?? null}::bigint FOR UPDATE SKIP LOCKED
  )
  DELETE FROM "Delivery" d USING forgotten f
  WHERE (d."organizationId", d."workloadId", d.env, d."secretId")
    = (f."organizationId", f."workloadId", f.env, f."secretId")`
