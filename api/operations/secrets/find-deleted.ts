import type { Transaction } from '../../database/database.ts'
import type { Secret } from '../../database/gen/client.ts'
import { notFound } from '../../errors.ts'
import type { Principal } from '../../principals/principal.ts'
import { visibleSecrets } from '../../scopes/scope-access.ts'

/** A deleted secret, its values purged or not; null when there is none. Says so when it is living. */
export async function findDeleted(
  { secret }: Transaction,
  id: string,
  principal: Principal,
): Promise<Secret | null> {
  const row = await secret.findFirst({ where: { id, ...visibleSecrets(principal) } })
  if (row?.deletedAt === null) {
    throw notFound('This secret is not deleted. DELETE /api/secrets/{id} deletes it.')
  }
  return row
}
