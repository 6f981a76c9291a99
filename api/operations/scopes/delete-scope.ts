import { InUse } from '../../errors.ts'
import { changing } from '../changing.ts'
import { aFew, refuseWhileInUse } from '../in-use.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Marks a scope deleted: secrets that were deleted in it can still be restored, into another one. */
export const deleteScope = (services: Services) =>
  operation('DeleteScope', async ({ params: { id } }, context) =>
    changing(services, context, ['Scope', id], async (transaction, row) => {
      const { organizationId } = row
      if (row.parentId === null) {
        const references = [{ kind: 'organization', id: organizationId, name: row.name }]
        throw new InUse('The root goes with its organization. Delete that.', 1, references)
      }
      const children = { organizationId, parentId: id, deletedAt: null }
      const secrets = { organizationId, scopeId: id, deletedAt: null }
      const tokens = { organizationId, scopeId: id, revokedAt: null }
      refuseWhileInUse(
        [
          {
            kind: 'scope',
            noun: 'scope',
            count: await transaction.scope.count({ where: children }),
            some: await transaction.scope.findMany({ where: children, ...aFew }),
          },
          {
            kind: 'secret',
            noun: 'secret',
            count: await transaction.secret.count({ where: secrets }),
            some: await transaction.secret.findMany({ where: secrets, ...aFew }),
          },
          {
            kind: 'api_token',
            noun: 'token',
            count: await transaction.apiToken.count({ where: tokens }),
            some: await transaction.apiToken.findMany({ where: tokens, ...aFew }),
          },
        ],
        (what, one) =>
          `The scope is not empty: ${what}. Move or delete ${one ? 'it' : 'them'} first; to delete a token is to revoke it.`,
      )
      await transaction.scope.update({
        where: { id },
        data: { deletedAt: new Date(), revision: { increment: 1 } },
      })
      return { result: undefined, detail: { name: row.name } }
    }),
  )
