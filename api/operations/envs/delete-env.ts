import { lockRow } from '../../database/lock-row.ts'
import { notFound } from '../../errors.ts'
import { visibleTo } from '../organization-of.ts'
import { change, checkRevision, operation } from '../operation.ts'
import type { Services } from '../services.ts'

export const deleteEnv = ({ database, audit }: Services) =>
  operation('DeleteEnv', async ({ params: { id } }, context) => {
    await database.transaction(async (transaction) => {
      await lockRow(transaction, 'Env', { id, ...visibleTo(context.principal) }, 'UPDATE')
      const row = await transaction.env.findFirst({
        where: { id, ...visibleTo(context.principal) },
      })
      if (!row) throw notFound()
      checkRevision(context, row.revision)
      await transaction.env.delete({ where: { id } })
      await audit.recordIn(
        transaction,
        change(context, row.organizationId, { kind: 'env', id }, { name: row.name }),
      )
    })
    return undefined
  })
