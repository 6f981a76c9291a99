import type { Transaction } from '../../database/database.ts'
import { lockRow } from '../../database/lock-row.ts'
import { invalidField, notFound } from '../../errors.ts'
import { retainedSince } from '../../retention/retained.ts'
import { changing } from '../changing.ts'
import { requireScope } from '../living.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { findDeleted } from './find-deleted.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

/** Brings a deleted secret back with all that refers to it, which resolves again. */
export const restoreSecret = (services: Services) =>
  operation('RestoreSecret', async ({ params: { id }, body = {} }, context) => {
    const { principal } = context
    const row = await refuseTaken('A secret', () =>
      changing(
        services,
        context,
        ['Secret', id],
        async (transaction, deleted) => {
          const { organizationId } = deleted
          const { name = deleted.name, scopeId = deleted.scopeId } = body
          if (body.scopeId === undefined) await requireFormerScope(transaction, deleted)
          else await requireScope(transaction, principal, organizationId, scopeId)
          const result = await transaction.secret.update({
            where: { id },
            data: { name, scopeId, deletedAt: null, revision: { increment: 1 } },
            include: withCurrent,
          })
          return { result, detail: { name, scopeId, references: result._count.envs } }
        },
        {
          find: async (transaction, id, who) => {
            const row = await findDeleted(transaction, id, who)
            const since = await retainedSince(transaction)
            if (row?.purgedAt || (row?.deletedAt && row.deletedAt < since)) {
              throw notFound('This secret was purged, and its value is gone.')
            }
            return row
          },
        },
      ),
    )
    return toAnswer(principal)(row)
  })

/** Where it was before; that stays until the transaction ends. */
async function requireFormerScope(
  transaction: Transaction,
  { scopeId: id, organizationId }: { readonly scopeId: string; readonly organizationId: string },
): Promise<void> {
  await lockRow(transaction, 'Scope', { id, organizationId }, 'SHARE')
  if ((await transaction.scope.count({ where: { id, deletedAt: null } })) > 0) return
  throw invalidField(
    'scopeId',
    'required',
    'The scope that it was in was deleted. Name the scope that it is to be in now.',
  )
}
