import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { containing } from '../containing.ts'
import type { Services } from '../services.ts'
import { toAnswer, withSecretCount } from './provider-answer.ts'

export const listSecretProviders = ({ database, pages }: Services) =>
  operation('ListSecretProviders', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = pages.of(operation, organizationId)
    const rows = await database.prisma.secretProvider.findMany({
      where: {
        ...(organizationId ? { organizationId } : {}),
        deletedAt: null,
        ...(query.type === undefined ? {} : { type: query.type }),
        AND: [
          query.name === undefined ? {} : { name: query.name },
          query.q === undefined ? {} : { name: containing(query.q) },
        ],
        ...list.after(query.cursor),
      },
      include: withSecretCount,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, (row) => toAnswer(principal, row))
  })
