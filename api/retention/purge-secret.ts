import type { Transaction } from '../database/database.ts'
import { Prisma } from '../database/gen/client.ts'
import { destroyNow } from './leftovers.ts'
import { forgetDeliveries } from './forget-deliveries.ts'

/**
 * Destroys the values of a deleted secret, whose row is locked, and what is known of who holds them.
 * The row stays while envs refer to it, so that they say what they lack.
 */
export async function purgeSecret(
  transaction: Transaction,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
): Promise<void> {
  const ofSecret = { organizationId, secretId: id }
  await transaction.secretVersion.deleteMany({ where: ofSecret })
  await forgetDeliveries(
    transaction,
    Prisma.sql`"organizationId" = ${organizationId}::uuid AND "secretId" = ${id}::uuid`,
  )
  // What a store keeps of it is destroyed as soon as the store can be had.
  await destroyNow(transaction, ofSecret)
  // Nobody comes to refer to it: who wants to needs it living.
  const references = await transaction.envSecret.count({ where: ofSecret })
  if (references === 0) await transaction.secret.delete({ where: { id } })
  else {
    const data = { purgedAt: new Date(), revision: { increment: 1 } }
    await transaction.secret.update({ where: { id }, data })
    // Its path in a store is free again.
    await transaction.secret.updateMany({
      where: { id, storage: 'managed' },
      data: { remotePath: null },
    })
  }
}
