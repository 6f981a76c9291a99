import { operation } from '../operation.ts'
import { afterCursor, pageOf } from '../paging.ts'
import type { Services } from '../services.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

export const listOrganizations = ({ database }: Services) =>
  operation('ListOrganizations', async ({ query }, { operation, principal }) => {
    const { organizationId } = principal
    const list = { operation, organizationId }
    const rows = await database.prisma.organization.findMany({
      where: {
        AND: [afterCursor(query.cursor, list), organizationId ? { id: organizationId } : {}],
        ...(query.name === undefined ? {} : { name: query.name }),
      },
      include: withRoot,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return pageOf(rows, query.limit, list, toAnswer)
  })
