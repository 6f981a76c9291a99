import { notFound } from '../../errors.ts'
import { visibleTokens } from '../../scopes/scope-access.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer } from './api-token-answer.ts'

/** Renames a token. The audit log speaks of it by its id, and by the name that it had at the time. */
export const updateApiToken = ({ database, audit }: Services) =>
  operation('UpdateApiToken', async ({ params: { id }, body: { name } }, context) =>
    database.transaction(async (transaction) => {
      const [row] = await transaction.apiToken.updateManyAndReturn({
        where: { id, ...visibleTokens(context.principal), revokedAt: null },
        data: { name },
      })
      if (!row) throw notFound()
      const { organizationId } = row
      const resource = { kind: 'api_token', id }
      await audit.recordIn(transaction, change(context, organizationId, resource, { name }))
      return toAnswer(row)
    }),
  )
