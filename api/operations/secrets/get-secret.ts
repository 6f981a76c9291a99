import { notFound } from '../../errors.ts'
import { visibleTo } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

export const getSecret = ({ database }: Services) =>
  operation('GetSecret', async ({ params: { id } }, { principal }) => {
    const row = await database.prisma.secret.findFirst({
      where: { id, ...visibleTo(principal), deletedAt: null },
      include: withCurrent,
    })
    if (!row) throw notFound()
    return toAnswer(principal)(row)
  })
