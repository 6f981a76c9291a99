import { requireWithin } from '../../scopes/scope-access.ts'
import { toReference } from '../envs/env-answer.ts'
import { operation } from '../operation.ts'
import { findVisible } from '../secrets/find-visible.ts'
import type { Services } from '../services.ts'

export const listSecretReferences = ({ database, pages }: Services) =>
  operation('ListSecretReferences', async ({ params: { id }, query }, { operation, principal }) => {
    const { organizationId, scopeId } = await findVisible(database, id, principal)
    // Consumers belong to the whole organization: what they use of the scopes above is not shown.
    await requireWithin(database.prisma, principal, scopeId)
    const list = pages.of(operation, organizationId, id)
    const rows = await database.prisma.env.findMany({
      where: {
        organizationId,
        secrets: { some: { organizationId, secretId: id } },
        ...list.after(query.cursor),
      },
      orderBy: { id: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, toReference)
  })
