import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { afterCursor, pageOf } from '../paging.ts'
import type { Services } from '../services.ts'
import { toAnswer, withSecret } from './env-answer.ts'

export const listEnvs = ({ database }: Services) =>
  operation('ListEnvs', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = { operation, organizationId }
    const rows = await database.prisma.env.findMany({
      where: {
        ...(organizationId ? { organizationId } : {}),
        ...(query.consumerKind === undefined ? {} : { consumerKind: query.consumerKind }),
        ...(query.consumerId === undefined ? {} : { consumerId: query.consumerId }),
        ...(query.secretId === undefined ? {} : { secretId: query.secretId }),
        ...(query.name === undefined ? {} : { name: query.name }),
        ...afterCursor(query.cursor, list),
      },
      include: withSecret,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return pageOf(rows, query.limit, list, toAnswer)
  })
