import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withRoot } from './organization-answer.ts'

export const listOrganizations = (services: Services) =>
  operation('ListOrganizations', async ({ query }, { operation, principal }) => {
    const { organizationId } = principal
    const list = services.pages.of(operation, organizationId)
    const rows = await services.database.prisma.organization.findMany({
      where: {
        AND: [list.after(query.cursor), organizationId ? { id: organizationId } : {}],
        ...(query.name === undefined ? {} : { name: query.name }),
      },
      include: withRoot,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, (row) => toAnswer(services, row))
  })
