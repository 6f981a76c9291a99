import { organizationFilter } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { toShown } from './migration-answer.ts'

/** The newest first: ids are in the order of time. */
export const listSecretMigrations = ({ database, pages }: Services) =>
  operation('ListSecretMigrations', async ({ query }, { operation, principal }) => {
    const organizationId = organizationFilter(principal, query.organizationId)
    const list = pages.of(operation, organizationId)
    const [before] = list.position(query.cursor) ?? []
    const rows = await database.prisma.migration.findMany({
      where: {
        ...(organizationId === undefined ? {} : { organizationId }),
        ...(typeof before !== 'string' ? {} : { id: { lt: before } }),
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const shown = await toShown(database, rows)
    return list.page(shown, query.limit, (each) => each)
  })
