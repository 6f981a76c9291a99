import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { containing } from '../containing.ts'
import { afterCursor, pageOf } from '../paging.ts'
import type { Services } from '../services.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

export const listSecrets = ({ database }: Services) =>
  operation('ListSecrets', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = { operation, organizationId }
    const { scopeId, providerId, storage, category } = query
    const rows = await database.prisma.secret.findMany({
      where: {
        ...(organizationId ? { organizationId } : {}),
        deletedAt: null,
        ...(scopeId === undefined ? {} : { scopeId }),
        ...(providerId === undefined ? {} : { providerId }),
        ...(storage === undefined ? {} : { storage }),
        ...(category === undefined ? {} : { category }),
        AND: [
          query.name === undefined ? {} : { name: query.name },
          query.q === undefined ? {} : { name: containing(query.q) },
        ],
        ...afterCursor(query.cursor, list),
      },
      include: withCurrent,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return pageOf(rows, query.limit, list, toAnswer(principal))
  })
