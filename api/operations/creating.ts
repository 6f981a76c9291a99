import type { Transaction } from '../database/database.ts'
import { lockRow } from '../database/lock-row.ts'
import { change, type Context } from './operation.ts'
import type { Services } from './services.ts'
import { refuseTaken } from './taken.ts'

/** What is to be made. */
export interface Making {
  /** With its article, for who is told that the name is taken: `A secret`. */
  readonly what: string
  readonly kind: string
  readonly id: string
  readonly organizationId: string
}

/**
 * Makes a thing in one transaction with its audit row and, when the caller sent an `Idempotency-Key`,
 * with the record by which the request can be sent again.
 *
 * @param make - answers the row, and what the audit log says of it
 */
export const creating = <Row>(
  { database, audit }: Pick<Services, 'database' | 'audit'>,
  context: Context,
  { what, kind, id, organizationId }: Making,
  make: (
    transaction: Transaction,
  ) => Promise<{ readonly row: Row; readonly detail: Readonly<Record<string, unknown>> }>,
): Promise<Row> =>
  refuseTaken(what, () =>
    database.transaction(async (transaction) => {
      await context.claim?.(transaction, id)
      // Before all else, as who deletes the organization does: neither waits for what the other holds.
      await lockRow(transaction, 'Organization', { id: organizationId }, 'KEY SHARE')
      const { row, detail } = await make(transaction)
      await audit.recordIn(transaction, change(context, organizationId, { kind, id }, detail))
      return row
    }),
  )
