import { visibleTokens } from '../../scopes/scope-access.ts'
import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer } from './api-token-answer.ts'

export const listApiTokens = ({ database, pages }: Services) =>
  operation('ListApiTokens', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = pages.of(operation, organizationId)
    const rows = await database.prisma.apiToken.findMany({
      where: {
        ...visibleTokens(principal),
        ...(organizationId ? { organizationId } : {}),
        ...(query.name === undefined ? {} : { name: query.name }),
        ...list.after(query.cursor),
        revokedAt: null,
      },
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, toAnswer)
  })
