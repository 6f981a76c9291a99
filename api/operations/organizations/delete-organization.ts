import { settle } from '../../custody/settle.ts'
import type { Transaction } from '../../database/database.ts'
import { isForeignKeyViolation } from '../../database/errors.ts'
import { InUse } from '../../errors.ts'
import { changing } from '../changing.ts'
import { destroyNow } from '../../retention/leftovers.ts'
import { aFew, refuseWhileInUse } from '../in-use.ts'
import { checkRevision, operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { DEPLOYMENTS_DEFAULT } from './default-storage.ts'

/**
 * Deletes an organization that holds nothing living. What was deleted in it goes for good: with its
 * keys, the sealed values are unreadable even in a backup of the database that lacks them.
 */
export const deleteOrganization = (services: Services) =>
  operation('DeleteOrganization', async ({ params: { id } }, context) => {
    await destroyCopies(services, context, id)
    await changing(services, context, ['Organization', id], async (transaction, row) => {
      await refuseUnlessEmpty(transaction, id)
      await removeAll(transaction, id).catch(refuseWhatCame)
      return { result: undefined, detail: { name: row.name } }
    })
    services.keyring.forget(id)
    return undefined
  })

/**
 * What stores still keep of deleted secrets is destroyed as far as they can be had now: afterwards
 * nobody has the credentials any more. Not where the deletion is about to be refused.
 */
async function destroyCopies(services: Services, context: Context, id: string): Promise<void> {
  const isDue = await services.database.transaction(async (transaction) => {
    const organization = await transaction.organization.findUnique({ where: { id } })
    if (!organization) return false
    await checkRevision(transaction, context, organization)
    await refuseUnlessEmpty(transaction, id)
    return (await destroyNow(transaction, { organizationId: id })).count > 0
  })
  if (isDue) await settle(services, { organizationId: id })
}

async function refuseUnlessEmpty(transaction: Transaction, organizationId: string): Promise<void> {
  const all = { organizationId }
  const living = { organizationId, deletedAt: null }
  refuseWhileInUse(
    [
      {
        kind: 'env',
        noun: 'env',
        count: await transaction.env.count({ where: all }),
        some: await transaction.env.findMany({ where: all, ...aFew }),
      },
      {
        kind: 'secret',
        noun: 'secret',
        count: await transaction.secret.count({ where: living }),
        some: await transaction.secret.findMany({ where: living, ...aFew }),
      },
      {
        kind: 'secret_provider',
        noun: 'secret provider',
        count: await transaction.secretProvider.count({ where: living }),
        some: await transaction.secretProvider.findMany({ where: living, ...aFew }),
      },
    ],
    (what, one) => `The organization is not empty: ${what}. Delete ${one ? 'it' : 'them'} first.`,
  )
}

/** Something was made or restored in it after it had been found empty. */
function refuseWhatCame(error: unknown): never {
  if (!isForeignKeyViolation(error)) throw error
  throw new InUse('Something was put into the organization in the meantime. Look again.', 1, [])
}

/** Leaves first: every foreign key restricts. */
async function removeAll(transaction: Transaction, organizationId: string): Promise<void> {
  const where = { organizationId }
  // It may still name a provider that was deleted by force.
  await transaction.organization.update({
    where: { id: organizationId },
    data: DEPLOYMENTS_DEFAULT,
  })
  await transaction.delivery.deleteMany({ where })
  await transaction.leftover.deleteMany({ where: { ...where, providerId: { not: null } } })
  await transaction.migrationItem.deleteMany({ where })
  await transaction.migration.deleteMany({ where })
  await transaction.secretVersion.deleteMany({ where })
  // What was restored in the meantime stays, and the foreign keys then stop all of it.
  const deleted = { ...where, deletedAt: { not: null } }
  await transaction.secret.deleteMany({ where: deleted })
  await transaction.secretProvider.deleteMany({ where: deleted })
  await transaction.apiToken.deleteMany({ where })
  for (const kind of ['project', 'workspace', 'team', 'organization'] as const) {
    await transaction.scope.deleteMany({ where: { ...where, kind } })
  }
  await transaction.dataKey.deleteMany({ where })
  await transaction.organization.delete({ where: { id: organizationId } })
}
