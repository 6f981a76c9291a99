import type { Database } from '../../database/database.ts'
import type { Migration } from '../../database/gen/client.ts'
import { notFound } from '../../errors.ts'
import type { Principal } from '../../principals/principal.ts'
import { visibleTo } from '../../scopes/scope-access.ts'

/** A migration that the principal may see. */
export async function findMigration(
  { prisma }: Database,
  id: string,
  principal: Principal,
): Promise<Migration> {
  const row = await prisma.migration.findFirst({ where: { id, ...visibleTo(principal) } })
  if (!row) throw notFound()
  return row
}
