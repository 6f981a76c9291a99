import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { afterCursor, pageOf } from '../paging.ts'
import type { Services } from '../services.ts'
import { toAnswer } from './api-token-answer.ts'

export const listApiTokens = ({ database }: Services) =>
  operation('ListApiTokens', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = { operation, organizationId }
    const rows = await database.prisma.apiToken.findMany({
      where: {
        ...(organizationId ? { organizationId } : {}),
        ...(query.name === undefined ? {} : { name: query.name }),
        ...afterCursor(query.cursor, list),
        revokedAt: null,
      },
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return pageOf(rows, query.limit, list, toAnswer)
  })
