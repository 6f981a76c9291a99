import { DELETED, leave } from '../../retention/leftovers.ts'
import { requireNotWriting } from '../../custody/pending-write.ts'
import { settle } from '../../custody/settle.ts'
import { changing } from '../changing.ts'
import { toReference } from '../envs/env-answer.ts'
import { NAMED, refuseWhileInUse } from '../in-use.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/**
 * Marks a secret deleted. Its name is free at once; its versions stay, so that it can be restored, and
 * what a store keeps of it goes by the store's own soft delete.
 */
export const deleteSecret = (services: Services) =>
  operation('DeleteSecret', async ({ params: { id }, query: { force } }, context) => {
    const kept = await changing(services, context, ['Secret', id], async (transaction, row) => {
      const { organizationId } = row
      const where = { organizationId, secrets: { some: { organizationId, secretId: id } } }
      const count = await transaction.env.count({ where })
      if (!force) {
        const envs = await transaction.env.findMany({ where, orderBy: { id: 'asc' }, take: NAMED })
        const some = envs.map(toReference)
        refuseWhileInUse(
          [{ kind: 'env', noun: 'env', count, some }],
          (what, one) =>
            `${what} ${one ? 'refers' : 'refer'} to this secret. Delete or re-point ${one ? 'it' : 'them'} (POST /api/secrets/{id}/replace-references does it for all), or repeat with ?force=true.`,
        )
      }
      await requireNotWriting(transaction, row)
      const { storage, remotePath: path } = row
      if (storage === 'managed' && path !== null) {
        await leave(transaction, { ...row, secretId: id, path }, DELETED)
      }
      await transaction.secret.update({
        where: { id },
        data: { deletedAt: new Date(), revision: { increment: 1 } },
      })
      const detail = { name: row.name, force, references: count }
      return { result: row.storage === 'managed', detail }
    })
    // The copy in a store goes with it, now if the store can be had, else as soon as it can.
    if (kept) await settle(services, { secretId: id }).catch(() => undefined) // it is tried again, and told of then
    return undefined
  })
