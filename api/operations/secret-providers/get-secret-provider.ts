import { notFound } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withSecretCount } from './provider-answer.ts'

export const getSecretProvider = ({ database }: Services) =>
  operation('GetSecretProvider', async ({ params: { id } }, { principal }) => {
    const row = await database.prisma.secretProvider.findFirst({
      where: { id, ...visibleTo(principal), deletedAt: null },
      include: withSecretCount,
    })
    if (!row) throw notFound()
    return toAnswer(row)
  })
