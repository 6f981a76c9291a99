import { notFound } from '../../errors.ts'
import { visibleTokens } from '../../scopes/scope-access.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'

/** Keeps the row, so that a request with the token is told that it was revoked, and the audit log can name it. */
export const revokeApiToken = ({ database, audit }: Services) =>
  operation('RevokeApiToken', async ({ params: { id } }, context) => {
    await database.transaction(async (transaction) => {
      const [row] = await transaction.apiToken.updateManyAndReturn({
        where: { id, ...visibleTokens(context.principal), revokedAt: null },
        data: { revokedAt: new Date() },
      })
      if (!row) throw notFound()
      await audit.recordIn(
        transaction,
        change(context, row.organizationId, { kind: 'api_token', id }, { name: row.name }),
      )
    })
    return undefined
  })
