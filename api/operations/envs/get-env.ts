import { notFound } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withSecrets } from './env-answer.ts'

export const getEnv = ({ database }: Services) =>
  operation('GetEnv', async ({ params: { id } }, { principal }) => {
    const row = await database.prisma.env.findFirst({
      where: { id, ...visibleTo(principal) },
      include: withSecrets,
    })
    if (!row) throw notFound()
    return toAnswer(row)
  })
