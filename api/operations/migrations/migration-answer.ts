import type { Answer } from '../../../contract/schemas/index.ts'
import type { Database } from '../../database/database.ts'
import type { Migration, MigrationItem } from '../../database/gen/client.ts'

type Shown = Omit<Answer<'GetSecretMigration'>, 'failures'>
type Item = Answer<'ListSecretMigrationItems'>['items'][number]

const FAILURES_SHOWN = 50

/** A migration as it is now, with the first of what failed. */
export async function toAnswer(
  database: Database,
  row: Migration,
): Promise<Answer<'GetSecretMigration'>> {
  const [shown] = await toShown(database, [row])
  if (!shown) throw new Error('A migration without an answer.')
  const failures = await database.prisma.migrationItem.findMany({
    where: { organizationId: row.organizationId, migrationId: row.id, state: 'failed' },
    orderBy: { secretId: 'asc' },
    take: FAILURES_SHOWN,
  })
  return { ...shown, failures: failures.map(toItem) }
}

/** Migrations with their counts, in one query for all of them. */
export async function toShown({ prisma }: Database, rows: readonly Migration[]): Promise<Shown[]> {
  const counts = await prisma.migrationItem.groupBy({
    by: ['migrationId', 'state'],
    where: {
      organizationId: { in: [...new Set(rows.map((row) => row.organizationId))] },
      migrationId: { in: rows.map(({ id }) => id) },
    },
    _count: true,
  })
  return rows.map((row) => {
    const of = (state: MigrationItem['state']) =>
      counts.find((each) => each.migrationId === row.id && each.state === state)?._count ?? 0
    const [moved, skipped, failed, waiting] = (
      ['moved', 'skipped', 'failed', 'waiting'] as const
    ).map(of) as [number, number, number, number]
    return {
      id: row.id,
      organizationId: row.organizationId,
      to: {
        storage: row.storage === 'local' ? 'local' : 'managed',
        ...(row.providerId === null ? {} : { providerId: row.providerId }),
      },
      dryRun: row.dryRun,
      state: row.state,
      total: moved + skipped + failed + waiting,
      ...{ moved, skipped, failed, waiting },
      createdBy: row.createdBy,
      createdAt: row.createdAt.toISOString(),
      ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt.toISOString() }),
    }
  })
}

export const toItem = ({ secretId, name, state, code, detail }: MigrationItem): Item => ({
  ...{ secretId, name, state },
  ...(code === null ? {} : { code: code as NonNullable<Item['code']> }),
  ...(detail === null ? {} : { detail }),
})
