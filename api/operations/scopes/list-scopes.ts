import { visibleScopes } from '../../scopes/scope-access.ts'
import { atPath } from '../../scopes/scope-path.ts'
import { containing } from '../containing.ts'
import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withParents } from './scope-answer.ts'

export const listScopes = ({ database, pages }: Services) =>
  operation('ListScopes', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = pages.of(operation, organizationId)
    const { kind, parentId, name, q, path } = query
    const rows = await database.prisma.scope.findMany({
      where: {
        AND: [
          visibleScopes(principal),
          organizationId === undefined ? {} : { organizationId },
          kind === undefined ? {} : { kind },
          parentId === undefined ? {} : { parentId },
          name === undefined ? {} : { name },
          q === undefined ? {} : { name: containing(q) },
          path === undefined ? {} : atPath(path.split('/').filter((part) => part !== '')),
          list.after(query.cursor),
        ],
      },
      include: withParents,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, toAnswer)
  })
