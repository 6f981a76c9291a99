import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { findMigration } from './find-migration.ts'
import { toItem } from './migration-answer.ts'

export const listSecretMigrationItems = ({ database, pages }: Services) =>
  operation('ListSecretMigrationItems', async ({ params, query }, { operation, principal }) => {
    const { id: migrationId, organizationId } = await findMigration(database, params.id, principal)
    const list = pages.of(operation, organizationId, migrationId)
    const [after] = list.position(query.cursor) ?? []
    const rows = await database.prisma.migrationItem.findMany({
      where: {
        ...{ organizationId, migrationId },
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(typeof after !== 'string' ? {} : { secretId: { gt: after } }),
      },
      orderBy: { secretId: 'asc' },
      take: query.limit + 1,
    })
    return list.page(rows, query.limit, toItem, ({ secretId }) => [secretId])
  })
