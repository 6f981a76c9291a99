import { retainedSince } from '../../retention/retained.ts'
import { visibleSecrets } from '../../scopes/scope-access.ts'
import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { containing } from '../containing.ts'
import type { Services } from '../services.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

export const listSecrets = ({ database, pages }: Services) =>
  operation('ListSecrets', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = pages.of(operation, organizationId)
    const { scopeId, providerId, storage, category } = query
    const rows = await database.prisma.secret.findMany({
      where: {
        ...visibleSecrets(principal),
        ...(organizationId ? { organizationId } : {}),
        ...(query.deleted ? await restorable(database) : { deletedAt: null }),
        ...(query.broken ? { provider: { deletedAt: { not: null } } } : {}),
        ...(scopeId === undefined ? {} : { scopeId }),
        ...(providerId === undefined ? {} : { providerId }),
        ...(storage === undefined ? {} : { storage }),
        ...(category === undefined ? {} : { category }),
        AND: [
          query.name === undefined ? {} : { name: query.name },
          query.q === undefined ? {} : { name: containing(query.q) },
        ],
        ...list.after(query.cursor),
      },
      include: withCurrent,
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, toAnswer(principal))
  })

/** What RestoreSecret brings back. */
const restorable = async ({ prisma }: Services['database']) => ({
  deletedAt: { gte: await retainedSince(prisma) },
  purgedAt: null,
})
