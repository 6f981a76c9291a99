import { notFound } from '../../errors.ts'
import { effectiveSecrets, toExplanation } from '../../scopes/effective-secrets.ts'
import { visibleScopes } from '../../scopes/scope-access.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'

export const explainScope = ({ database, pages }: Services) =>
  operation('ExplainScope', async ({ params: { id }, query }, { operation, principal }) => {
    const scope = await database.prisma.scope.findFirst({
      where: { id, ...visibleScopes(principal) },
      select: { organizationId: true },
    })
    if (!scope) throw notFound()
    const { organizationId } = scope
    const list = pages.of(operation, organizationId, id)
    const rows = await effectiveSecrets(database, {
      organizationId,
      scopeId: id,
      name: query.name,
      after: list.position(query.cursor)?.[0] ?? undefined,
      limit: query.limit + 1,
    })
    return list.page(rows, query.limit, toExplanation, ({ name }) => [name])
  })
