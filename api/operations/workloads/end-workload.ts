import type { Transaction } from '../../database/database.ts'
import { Prisma } from '../../database/gen/client.ts'
import type { Principal } from '../../principals/principal.ts'
import { forgetDeliveries } from '../../retention/forget-deliveries.ts'
import { withinScope } from '../../scopes/scope-access.ts'
import { organizationOf } from '../organization-of.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Forgets what a workload holds. Said twice, or of a workload that nobody knows, it does no harm. */
export const endWorkload = ({ database, audit }: Services) =>
  operation('EndWorkload', async ({ params: { id: workloadId } }, context) => {
    const { principal } = context
    const organizationId = await organizationOf(database, principal, undefined)
    const released = await database.transaction(async (transaction) => {
      const released = await forgetDeliveries(
        transaction,
        Prisma.sql`"organizationId" = ${organizationId}::uuid AND "workloadId" = ${workloadId}
          AND ${await inReach(transaction, principal)}`,
      )
      const resource = { kind: 'workload', id: workloadId }
      await audit.recordIn(transaction, change(context, organizationId, resource, { released }))
      return released
    })
    return { workloadId, released }
  })

/** A token that is limited to a scope started briefs there and below, and ends no others. */
async function inReach(
  transaction: Transaction,
  { scopeId: limit }: Principal,
): Promise<Prisma.Sql> {
  if (limit === undefined) return Prisma.sql`true`
  const scopes = await transaction.scope.findMany({
    where: withinScope(limit),
    select: { id: true },
  })
  return Prisma.sql`"scopeId" = ANY(${scopes.map(({ id }) => id)}::uuid[])`
}
