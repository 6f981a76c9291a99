import { notFound } from '../../errors.ts'
import { visibleScopes } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withParents } from './scope-answer.ts'

export const getScope = ({ database }: Services) =>
  operation('GetScope', async ({ params: { id } }, { principal }) => {
    const row = await database.prisma.scope.findFirst({
      where: { id, ...visibleScopes(principal) },
      include: withParents,
    })
    if (!row) throw notFound()
    return toAnswer(row)
  })
