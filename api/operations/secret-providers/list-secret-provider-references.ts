import { notFound } from '../../errors.ts'
import { visibleTo } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { afterCursor, pageOf } from '../paging.ts'
import type { Services } from '../services.ts'

export const listSecretProviderReferences = ({ database }: Services) =>
  operation(
    'ListSecretProviderReferences',
    async ({ params: { id }, query }, { operation, principal }) => {
      const provider = await database.prisma.secretProvider.findFirst({
        where: { id, ...visibleTo(principal), deletedAt: null },
        select: { organizationId: true },
      })
      if (!provider) throw notFound()
      const { organizationId } = provider
      const list = { operation, organizationId }
      const rows = await database.prisma.secret.findMany({
        where: {
          organizationId,
          providerId: id,
          deletedAt: null,
          ...afterCursor(query.cursor, list),
        },
        select: { id: true, name: true },
        orderBy: { id: 'asc' },
        take: query.limit + 1,
      })
      return pageOf(rows, query.limit, list, (row) => ({ kind: 'secret' as const, ...row }))
    },
  )
