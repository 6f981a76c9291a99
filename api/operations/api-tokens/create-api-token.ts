import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../database/database.ts'
import { invalidField, Refused } from '../../errors.ts'
import { isAdmin, type Principal } from '../../principals/principal.ts'
import { hashToken, makeToken, prefixOf } from '../../principals/token.ts'
import { creating } from '../creating.ts'
import { requireScope } from '../living.ts'
import { nextRotation } from '../../custody/next-rotation.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer } from './api-token-answer.ts'

const DAYS_UNLESS_SAID = 90

export const createApiToken = (services: Services) =>
  operation('CreateApiToken', async ({ body }, context) => {
    const { principal } = context
    const runtime = body.role === 'orchestrator' || body.role === 'llm_proxy'
    if (runtime && !isAdmin(principal)) {
      throw new Refused(
        'forbidden',
        `Only an admin makes ${body.role} tokens, because they read values. Ask whoever runs this deployment.`,
      )
    }
    const organizationId = await organizationOf(services.database, principal, body.organizationId)
    const now = Date.now()
    const expiresAt = body.expiresAt
      ? new Date(body.expiresAt)
      : new Date(now + DAYS_UNLESS_SAID * 24 * 60 * 60 * 1000)
    if (expiresAt.getTime() <= now) {
      throw invalidField('expiresAt', 'in_the_past', 'Give a time in the future.')
    }
    const token = makeToken()
    const { id = uuidv7(), name, role, rotateEvery = null } = body
    const making = { what: 'A token', kind: 'api_token', id, organizationId }
    const row = await creating(services, context, making, async (transaction) => {
      const scopeId = await limitOf(transaction, principal, organizationId, body.scopeId)
      const row = await transaction.apiToken.create({
        data: {
          id,
          organizationId,
          name,
          role,
          scopeId,
          prefix: prefixOf(token),
          hash: new Uint8Array(hashToken(token)),
          expiresAt,
          rotateEvery,
          rotateAt: nextRotation(new Date(now), rotateEvery),
        },
      })
      return { row, detail: { name, role, scopeId } }
    })
    return { ...toAnswer(row), token }
  })

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
