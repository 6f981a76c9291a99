import { v7 as uuidv7 } from 'uuid'
import { invalidField, Refused } from '../../errors.ts'
import { isAdmin } from '../../principals/principal.ts'
import { hashToken, makeToken, prefixOf } from '../../principals/token.ts'
import { organizationOf } from '../organization-of.ts'
import { change, operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { toAnswer } from './api-token-answer.ts'

const DAYS_UNLESS_SAID = 90

export const createApiToken = ({ database, audit }: Services) =>
  operation('CreateApiToken', async ({ body }, context) => {
    const { principal } = context
    const runtime = body.role === 'orchestrator' || body.role === 'llm_proxy'
    if (runtime && !isAdmin(principal)) {
      throw new Refused(
        'forbidden',
        `Only an admin makes ${body.role} tokens, because they read values. Ask whoever runs this deployment.`,
      )
    }
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const now = Date.now()
    const expiresAt = body.expiresAt
      ? new Date(body.expiresAt)
      : new Date(now + DAYS_UNLESS_SAID * 24 * 60 * 60 * 1000)
    if (expiresAt.getTime() <= now) {
      throw invalidField('expiresAt', 'in_the_past', 'Give a time in the future.')
    }
    const token = makeToken()
    const row = await refuseTaken('A token', () =>
      database.transaction(async (transaction) => {
        const made = await transaction.apiToken.create({
          data: {
            id: body.id ?? uuidv7(),
            organizationId,
            name: body.name,
            role: body.role,
            prefix: prefixOf(token),
            hash: new Uint8Array(hashToken(token)),
            expiresAt,
          },
        })
        await audit.recordIn(
          transaction,
          change(
            context,
            organizationId,
            { kind: 'api_token', id: made.id },
            { name: made.name, role: made.role },
          ),
        )
        return made
      }),
    )
    return { ...toAnswer(row), token }
  })
