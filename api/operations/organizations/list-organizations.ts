import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

export const listOrganizations = ({ database, pages }: Services) =>
  operation('ListOrganizations', async ({ query }, { operation, principal }) => {
    const { organizationId } = principal
    const list = pages.of(operation, organizationId)
    const rows = await database.prisma.organization.findMany({
      where: {
        AND: [list.after(query.cursor), organizationId ? { id: organizationId } : {}],
        ...(query.name === undefined ? {} : { name: query.name }),
      },
      include: withRoot,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, toAnswer)
  })
