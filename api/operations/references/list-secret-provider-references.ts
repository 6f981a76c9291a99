import { notFound } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

export const listSecretProviderReferences = ({ database, pages }: Services) =>
  operation(
    'ListSecretProviderReferences',
    async ({ params: { id }, query }, { operation, principal }) => {
      const provider = await database.prisma.secretProvider.findFirst({
        where: { id, ...visibleTo(principal), deletedAt: null },
        select: { organizationId: true },
      })
      if (!provider) throw notFound()
      const { organizationId } = provider
      const list = pages.of(operation, organizationId)
      const rows = await database.prisma.secret.findMany({
        where: {
          organizationId,
          providerId: id,
          deletedAt: null,
          ...list.after(query.cursor),
        },
        select: { id: true, name: true },
        orderBy: { id: 'asc' },
        take: query.limit + 1,
      })
      return list.page(rows, query.limit, (row) => ({ kind: 'secret' as const, ...row }))
    },
  )
