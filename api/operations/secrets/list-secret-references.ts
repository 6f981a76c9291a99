import { notFound } from '../../errors.ts'
import { visibleTo } from '../organization-of.ts'
import { operation } from '../operation.ts'
import { afterCursor, pageOf } from '../paging.ts'
import type { Services } from '../services.ts'

export const listSecretReferences = ({ database }: Services) =>
  operation('ListSecretReferences', async ({ params: { id }, query }, { operation, principal }) => {
    const secret = await database.prisma.secret.findFirst({
      where: { id, ...visibleTo(principal), deletedAt: null },
      select: { organizationId: true },
    })
    if (!secret) throw notFound()
    const { organizationId } = secret
    const list = { operation, organizationId }
    const rows = await database.prisma.env.findMany({
      where: { organizationId, secretId: id, ...afterCursor(query.cursor, list) },
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return pageOf(rows, query.limit, list, (env) => ({
      kind: 'env' as const,
      id: env.id,
      name: env.name,
      consumer: { kind: env.consumerKind, id: env.consumerId },
    }))
  })
