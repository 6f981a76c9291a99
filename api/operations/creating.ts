import type { Existing } from '../../contract/problems.ts'
import type { Transaction } from '../database/database.ts'
import { lockRow } from '../database/lock-row.ts'
import { change, type Context } from './operation.ts'
import type { Services } from './services.ts'
import { refuseTaken } from './taken.ts'
import { whoMade } from './who-made.ts'

/** What is to be made. */
export interface Making {
  /** With its article, for who is told that the name is taken: `A secret`. */
  readonly what: string
  readonly kind: string
  readonly id: string
  readonly organizationId: string
  /** Finds what has the name already, if the caller may read it. Left out where a name may be had twice. */
  readonly namesake?: (database: Transaction) => Promise<Namesake | null>
}

interface Namesake {
  readonly id: string
  readonly createdAt: Date
}

/** Columns of a namesake. */
export const asNamesake = { id: true, createdAt: true } as const

/**
 * Makes a thing in one transaction with its audit row and, when the caller sent an `Idempotency-Key`,
 * with the record by which the request can be sent again.
 *
 * @param make - answers the row, and what the audit log says of it
 */
export const creating = <Row>(
  { database, audit }: Pick<Services, 'database' | 'audit'>,
  context: Context,
  making: Making,
  make: (
    transaction: Transaction,
  ) => Promise<{ readonly row: Row; readonly detail: Readonly<Record<string, unknown>> }>,
): Promise<Row> => {
  const { what, kind, id, organizationId } = making
  const create = () =>
    database.transaction(async (transaction) => {
      await context.claim?.(transaction, id)
      // Before all else, as who deletes the organization does: neither waits for what the other holds.
      await lockRow(transaction, 'Organization', { id: organizationId }, 'KEY SHARE')
      const { row, detail } = await make(transaction)
      const event = change(context, organizationId, { kind, id }, detail, FIRST_REVISION)
      await audit.recordIn(transaction, event)
      return row
    })
  return refuseTaken(what, create, () => findExisting(database.prisma, context, making))
}

const FIRST_REVISION = 1

/** What has the name that was asked for, with who made it. */
async function findExisting(
  prisma: Transaction,
  { principal }: Context,
  { kind, organizationId, namesake }: Making,
): Promise<Existing | undefined> {
  const found = await namesake?.(prisma)
  if (!found) return undefined
  const { id, createdAt } = found
  // An organization is its own, and not that of the one that was to be made.
  const owner = kind === 'organization' ? id : organizationId
  const createdBy = await whoMade(prisma, principal, {
    organizationId: owner,
    ...{ id, revision: FIRST_REVISION },
  })
  return { id, createdAt: createdAt.toISOString(), ...(createdBy ? { createdBy } : {}) }
}
