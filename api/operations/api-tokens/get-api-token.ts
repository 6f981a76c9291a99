import { notFound } from '../../errors.ts'
import { visibleTokens } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer } from './api-token-answer.ts'

/** An expired token is shown, as in the list; a revoked one is gone. */
export const getApiToken = ({ database }: Services) =>
  operation('GetApiToken', async ({ params: { id } }, { principal }) => {
    const row = await database.prisma.apiToken.findFirst({
      where: { id, ...visibleTokens(principal), revokedAt: null },
    })
    if (!row) throw notFound()
    return toAnswer(row)
  })
