import type { Transaction } from '../../database/database.ts'
import { Prisma } from '../../database/gen/client.ts'
import type { Principal } from '../../principals/principal.ts'
import { forgetDeliveries } from '../../retention/forget-deliveries.ts'
import { outOfReach, withinScope } from '../../scopes/scope-access.ts'
import { organizationOf } from '../organization-of.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'

/**
 * Forgets what a workload holds. Said twice, or of a workload that nobody knows, it does no harm. A
 * token that is limited to a scope ends the briefs there and below, and is told when there is more.
 */
export const endWorkload = ({ database, audit }: Services) =>
  operation('EndWorkload', async ({ params: { id: workloadId } }, context) => {
    const { principal } = context
    const organizationId = await organizationOf(database, principal, undefined)
    const ofWorkload = Prisma.sql`"organizationId" = ${organizationId}::uuid AND "workloadId" = ${workloadId}`
    const released = await database.transaction(async (transaction) => {
      await requireReach(transaction, principal, { organizationId, workloadId })
      const released = await forgetDeliveries(transaction, ofWorkload)
      const resource = { kind: 'workload', id: workloadId }
      await audit.recordIn(transaction, change(context, organizationId, resource, { released }))
      return released
    })
    return { workloadId, released }
  })

/** A limited token started briefs of its scope and below, and ends no others. */
async function requireReach(
  transaction: Transaction,
  { scopeId: limit }: Principal,
  ofWorkload: { readonly organizationId: string; readonly workloadId: string },
): Promise<void> {
  if (limit === undefined) return
  const scopes = await transaction.scope.findMany({
    where: withinScope(limit),
    select: { id: true },
  })
  const others = await transaction.delivery.count({
    where: {
      ...ofWorkload,
      OR: [{ scopeId: null }, { scopeId: { notIn: scopes.map(({ id }) => id) } }],
    },
  })
  if (others > 0) throw outOfReach()
}
