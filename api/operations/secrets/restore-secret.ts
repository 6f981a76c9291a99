import { bringBack, type BroughtBack } from '../../custody/bring-back.ts'
import { holdScope } from '../../custody/hold-living.ts'
import type { Transaction } from '../../database/database.ts'
import { invalidField, notFound } from '../../errors.ts'
import { retainedSince } from '../../retention/retained.ts'
import { requireWithin } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { requireScope } from '../living.ts'
import { checkRevision, operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { findDeleted } from './find-deleted.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

/** Brings a deleted secret back with all that refers to it, which resolves again. */
export const restoreSecret = (services: Services) =>
  operation('RestoreSecret', async ({ params: { id }, body = {} }, context) => {
    const { principal } = context
    const copy = await bringBackCopy(services, context, id)
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
          await copy?.keepIn(transaction)
          const result = await transaction.secret.update({
            where: { id },
            data: { name, scopeId, deletedAt: null, revision: { increment: 1 } },
            include: withCurrent,
          })
          return { result, detail: { name, scopeId, references: result._count.envs } }
        },
        { find: findRestorable },
      ),
    )
    return toAnswer(principal)(row)
  })

/** Brings back what a store keeps of it. Should the rest fail, it is taken away again. */
async function bringBackCopy(
  services: Services,
  context: Context,
  id: string,
): Promise<BroughtBack | undefined> {
  const { principal } = context
  const deleted = await services.database.transaction((transaction) =>
    findRestorable(transaction, id, principal),
  )
  if (!deleted) throw notFound()
  if (deleted.storage !== 'managed') return undefined
  await requireWithin(services.database.prisma, principal, deleted.scopeId)
  await checkRevision(services.database.prisma, context, deleted)
  return await bringBack(services, deleted)
}

const findRestorable: typeof findDeleted = async (transaction, id, who) => {
  const row = await findDeleted(transaction, id, who)
  const since = await retainedSince(transaction)
  if (row?.purgedAt || (row?.deletedAt && row.deletedAt < since)) {
    throw notFound('This secret was purged, and its value is gone.')
  }
  return row
}

/** Where it was before; that stays until the transaction ends. */
async function requireFormerScope(
  transaction: Transaction,
  { scopeId: id, organizationId }: { readonly scopeId: string; readonly organizationId: string },
): Promise<void> {
  if (await holdScope(transaction, organizationId, id)) return
  throw invalidField(
    'scopeId',
    'required',
    'The scope that it was in was deleted. Name the scope that it is to be in now.',
  )
}
