import type { Transaction } from '../../database/database.ts'
import { changing } from '../changing.ts'
import { aFew, refuseWhileInUse } from '../in-use.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/**
 * Deletes an organization that holds nothing living. What was deleted in it goes for good: with its
 * keys, the sealed values are unreadable even in a backup of the database that lacks them.
 */
export const deleteOrganization = (services: Services) =>
  operation('DeleteOrganization', async ({ params: { id } }, context) => {
    await changing(services, context, ['Organization', id], async (transaction, row) => {
      await refuseUnlessEmpty(transaction, id)
      await removeAll(transaction, id)
      return { result: undefined, detail: { name: row.name } }
    })
    services.keyring.forget(id)
    return undefined
  })

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

/** Leaves first: every foreign key restricts. */
async function removeAll(transaction: Transaction, organizationId: string): Promise<void> {
  const where = { organizationId }
  await transaction.delivery.deleteMany({ where })
  await transaction.secretVersion.deleteMany({ where })
  await transaction.secret.deleteMany({ where })
  await transaction.secretProvider.deleteMany({ where })
  await transaction.apiToken.deleteMany({ where })
  for (const kind of ['project', 'workspace', 'team', 'organization'] as const) {
    await transaction.scope.deleteMany({ where: { ...where, kind } })
  }
  await transaction.dataKey.deleteMany({ where })
  await transaction.organization.delete({ where: { id: organizationId } })
}
