import type { Transaction } from '../database/database.ts'
import type { Scope } from '../database/gen/client.ts'
import { lockRow } from '../database/lock-row.ts'
import { unknownId } from '../errors.ts'

/**
 * Makes sure that a provider that something is about to refer to is living, and stays as it is until
 * the transaction ends.
 *
 * @param field - where the body names it
 */
export async function requireProvider(
  transaction: Transaction,
  organizationId: string,
  id: string,
  field = 'providerId',
): Promise<void> {
  await lockRow(transaction, 'SecretProvider', { id, organizationId }, 'SHARE')
  const where = { id, organizationId, deletedAt: null }
  if ((await transaction.secretProvider.count({ where })) > 0) return
  throw unknownId(field, 'secret provider')
}

/** Keeps a scope in the same way, and answers it; null unless it is living. */
export async function holdScope(
  transaction: Transaction,
  organizationId: string,
  id: string,
): Promise<Scope | null> {
  await lockRow(transaction, 'Scope', { id, organizationId }, 'SHARE')
  return await transaction.scope.findFirst({ where: { id, organizationId, deletedAt: null } })
}
