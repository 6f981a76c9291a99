import { invalidField, notFound } from '../../errors.ts'
import { visibleTokens } from '../../scopes/scope-access.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer } from './api-token-answer.ts'
import { requireInFuture, requireMayMake } from './may-make.ts'

/**
 * Renames a token, or moves its expiry. The audit log speaks of it by its id, and by the name that it had
 * at the time. One that has expired, or was revoked, stays so: it may have been given up for lost.
 */
export const updateApiToken = ({ database, audit }: Services) =>
  operation('UpdateApiToken', async ({ params: { id }, body }, context) =>
    database.transaction(async (transaction) => {
      const { principal } = context
      const { name } = body
      const now = new Date()
      const expiresAt = body.expiresAt === undefined ? undefined : new Date(body.expiresAt)
      const living = { id, ...visibleTokens(principal), revokedAt: null }
      const before = await transaction.apiToken.findFirst({ where: living })
      if (!before) throw notFound()
      if (expiresAt !== undefined) {
        requireMayMake(principal, before.role)
        requireInFuture(expiresAt, now.getTime())
      }
      const [row] = await transaction.apiToken.updateManyAndReturn({
        where: { ...living, ...(expiresAt === undefined ? {} : { expiresAt: { gt: now } }) },
        data: {
          ...(name === undefined ? {} : { name }),
          ...(expiresAt === undefined ? {} : { expiresAt }),
        },
      })
      if (!row) throw invalidField('expiresAt', 'expired', HAS_EXPIRED)
      const { organizationId } = row
      const detail = {
        ...(name === undefined ? {} : { name }),
        ...(expiresAt === undefined ? {} : { expiresAt: row.expiresAt.toISOString() }),
      }
      const resource = { kind: 'api_token', id }
      await audit.recordIn(transaction, change(context, organizationId, resource, detail))
      return toAnswer(row)
    }),
  )

const HAS_EXPIRED = 'This token has expired, or was revoked just now. Make another one.'
