import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../database/database.ts'
import { invalidField, tokenTaken } from '../../errors.ts'
import type { Principal } from '../../principals/principal.ts'
import { hashToken, isTokenShaped, makeToken, prefixOf } from '../../principals/token.ts'
import { creating } from '../creating.ts'
import { requireScope } from '../living.ts'
import { nextRotation } from '../../custody/next-rotation.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer } from './api-token-answer.ts'
import { requireInFuture, requireMayMake } from './may-make.ts'

const DAYS_UNLESS_SAID = 90

/**
 * A token that the caller gives is as good as one made here: as long, with the checksum by which leaked
 * ones are found. It is kept as its hash and never said again, by the answer neither.
 */
export const createApiToken = (services: Services) =>
  operation('CreateApiToken', async ({ body }, context) => {
    const { principal } = context
    requireMayMake(principal, body.role)
    const organizationId = await organizationOf(services.database, principal, body.organizationId)
    const now = Date.now()
    const expiresAt = body.expiresAt
      ? new Date(body.expiresAt)
      : new Date(now + DAYS_UNLESS_SAID * 24 * 60 * 60 * 1000)
    requireInFuture(expiresAt, now)
    if (body.token !== undefined && !isTokenShaped(body.token)) {
      throw invalidField('token', 'checksum', WRONG_CHECKSUM)
    }
    const token = body.token ?? makeToken()
    const hash = new Uint8Array(hashToken(token))
    const { id = uuidv7(), name, role, rotateEvery = null } = body
    const making = { what: 'A token', kind: 'api_token', id, organizationId }
    const row = await creating(services, context, making, async (transaction) => {
      // Tokens of admins are in a table of their own, and no unique index is over both.
      if ((await transaction.adminToken.count({ where: { hash } })) > 0) throw tokenTaken()
      const scopeId = await limitOf(transaction, principal, organizationId, body.scopeId)
      const row = await transaction.apiToken.create({
        data: {
          id,
          organizationId,
          name,
          role,
          scopeId,
          prefix: prefixOf(token),
          hash,
          expiresAt,
          rotateEvery,
          rotateAt: nextRotation(new Date(now), rotateEvery),
        },
      })
      return { row, detail: { name, role, scopeId } }
    })
    return { ...toAnswer(row), ...(body.token === undefined ? { token } : {}) }
  })

const WRONG_CHECKSUM =
  'The last 6 characters are not the checksum of the 43 before them. Work them out as the description of this field says; or leave it out, and one is made.'

/** A limited token makes tokens of its own scope or narrower ones, never wider. */
async function limitOf(
  transaction: Transaction,
  principal: Principal,
  organizationId: string,
  given: string | undefined,
): Promise<string | null> {
  if (given === undefined && principal.scopeId === undefined) return null
  return (await requireScope(transaction, principal, organizationId, given)).id
}
