import { lockRow } from '../../database/lock-row.ts'
import { InUse, notFound } from '../../errors.ts'
import { visibleTo } from '../organization-of.ts'
import { change, checkRevision, operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Marks a secret deleted. Its name is free at once; its versions stay, so that it can be restored. */
export const deleteSecret = ({ database, audit }: Services) =>
  operation('DeleteSecret', async ({ params: { id }, query }, context) => {
    await database.transaction(async (transaction) => {
      await lockRow(transaction, 'Secret', { id, ...visibleTo(context.principal) }, 'UPDATE')
      const row = await transaction.secret.findFirst({
        where: { id, ...visibleTo(context.principal), deletedAt: null },
      })
      if (!row) throw notFound()
      checkRevision(context, row.revision)
      const { organizationId } = row
      const referring = { organizationId, secretId: id }
      const count = await transaction.env.count({ where: referring })
      if (count > 0 && !query.force) {
        const some = await transaction.env.findMany({
          where: referring,
          orderBy: { id: 'asc' },
          take: 10,
        })
        throw new InUse(
          `${count === 1 ? '1 env refers' : `${count} envs refer`} to this secret. Delete or re-point ${count === 1 ? 'it' : 'them'}, or repeat with ?force=true.`,
          count,
          some.map((env) => ({ kind: 'env', id: env.id, name: env.name })),
        )
      }
      await transaction.secret.update({
        where: { id },
        data: { deletedAt: new Date(), revision: { increment: 1 } },
      })
      await audit.recordIn(
        transaction,
        change(
          context,
          organizationId,
          { kind: 'secret', id },
          { name: row.name, force: query.force, references: count },
        ),
      )
    })
    return undefined
  })
