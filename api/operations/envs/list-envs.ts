import type { Prisma } from '../../database/gen/client.ts'
import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toAnswer, withSecrets } from './env-answer.ts'

export const listEnvs = ({ database, pages }: Services) =>
  operation('ListEnvs', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = pages.of(operation, organizationId)
    const rows = await database.prisma.env.findMany({
      where: {
        ...(organizationId ? { organizationId } : {}),
        ...(query.consumerKind === undefined ? {} : { consumerKind: query.consumerKind }),
        ...(query.consumerId === undefined ? {} : { consumerId: query.consumerId }),
        ...(query.secretId === undefined
          ? {}
          : { secrets: { some: { secretId: query.secretId } } }),
        ...(query.broken ? { AND: [IS_BROKEN] } : {}),
        ...(query.name === undefined ? {} : { name: query.name }),
        ...list.after(query.cursor),
      },
      include: withSecrets,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, toAnswer)
  })

/** What it refers to was deleted: a secret, or the provider of one. */
const IS_BROKEN: Prisma.EnvWhereInput = {
  secrets: {
    some: {
      secret: {
        OR: [{ deletedAt: { not: null } }, { provider: { deletedAt: { not: null } } }],
      },
    },
  },
}
