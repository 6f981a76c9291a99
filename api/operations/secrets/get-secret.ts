import { notFound } from '../../errors.ts'
import { visibleSecrets } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

export const getSecret = ({ database }: Services) =>
  operation('GetSecret', async ({ params: { id } }, { principal }) => {
    const row = await database.prisma.secret.findFirst({
      where: { id, ...visibleSecrets(principal), deletedAt: null },
      include: withCurrent,
    })
    if (!row) {
      const where = { id, ...visibleSecrets(principal) }
      throw (await database.prisma.secret.count({ where })) > 0
        ? notFound(
            'This secret was deleted. GET /api/secrets?deleted=true lists those that can be restored.',
          )
        : notFound()
    }
    return toAnswer(principal)(row)
  })
