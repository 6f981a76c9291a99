import type { Transaction } from '../../database/database.ts'
import { lockRow } from '../../database/lock-row.ts'
import { InUse, notFound } from '../../errors.ts'
import { change, checkRevision, operation } from '../operation.ts'
import type { Services } from '../services.ts'

/**
 * Deletes an organization that holds nothing living. What was deleted in it goes for good: with its
 * keys, the sealed values are unreadable even in a backup of the database that lacks them.
 */
export const deleteOrganization = ({ database, audit, keyring }: Services) =>
  operation('DeleteOrganization', async ({ params: { id } }, context) => {
    await database.transaction(async (transaction) => {
      await lockRow(transaction, 'Organization', { id }, 'UPDATE')
      const row = await transaction.organization.findUnique({ where: { id } })
      if (!row) throw notFound()
      checkRevision(context, row.revision)
      await refuseWhileInUse(transaction, id)
      await removeAll(transaction, id)
      await audit.recordIn(
        transaction,
        change(context, id, { kind: 'organization', id }, { name: row.name }),
      )
    })
    keyring.forget(id)
    return undefined
  })

async function refuseWhileInUse(transaction: Transaction, organizationId: string): Promise<void> {
  const living = { organizationId, deletedAt: null }
  const some = { select: { id: true, name: true }, orderBy: { id: 'asc' }, take: 10 } as const
  const counts = [
    await transaction.env.count({ where: { organizationId } }),
    await transaction.secret.count({ where: living }),
    await transaction.secretProvider.count({ where: living }),
  ]
  const count = counts.reduce((sum, each) => sum + each, 0)
  if (count === 0) return
  const references = [
    ...(await transaction.env.findMany({ where: { organizationId }, ...some })).map((row) => ({
      kind: 'env',
      ...row,
    })),
    ...(await transaction.secret.findMany({ where: living, ...some })).map((row) => ({
      kind: 'secret',
      ...row,
    })),
    ...(await transaction.secretProvider.findMany({ where: living, ...some })).map((row) => ({
      kind: 'secret_provider',
      ...row,
    })),
  ]
  throw new InUse(
    `The organization is not empty: ${describeCounts(counts)}. Delete ${count === 1 ? 'it' : 'them'} first.`,
    count,
    references.slice(0, 10),
  )
}

function describeCounts([envs = 0, secrets = 0, providers = 0]: readonly number[]): string {
  const parts = [
    [envs, 'env'],
    [secrets, 'secret'],
    [providers, 'secret provider'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`)
    .join(', ')
}

/** Leaves first: every foreign key restricts. */
async function removeAll(transaction: Transaction, organizationId: string): Promise<void> {
  const where = { organizationId }
  await transaction.secretVersion.deleteMany({ where })
  await transaction.secret.deleteMany({ where })
  await transaction.secretProvider.deleteMany({ where })
  await transaction.apiToken.deleteMany({ where })
  await transaction.scope.deleteMany({ where: { ...where, parentId: { not: null } } })
  await transaction.scope.deleteMany({ where })
  await transaction.dataKey.deleteMany({ where })
  await transaction.organization.delete({ where: { id: organizationId } })
}
