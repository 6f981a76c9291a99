import type { Transaction } from '../database/database.ts'
import { lockRow } from '../database/lock-row.ts'
import { unknownId } from '../errors.ts'

/**
 * Makes sure that what a body refers to exists in this organization, and goes on existing until the
 * transaction ends.
 */
export async function requireSecret(
  transaction: Transaction,
  organizationId: string,
  id: string,
): Promise<void> {
  await lockRow(transaction, 'Secret', { id, organizationId }, 'SHARE')
  const found = await transaction.secret.count({ where: { id, organizationId, deletedAt: null } })
  if (found === 0) throw unknownId('secretId', 'secret')
}

/** The same for a secret provider. */
export async function requireProvider(
  transaction: Transaction,
  organizationId: string,
  id: string,
): Promise<void> {
  await lockRow(transaction, 'SecretProvider', { id, organizationId }, 'SHARE')
  const found = await transaction.secretProvider.count({
    where: { id, organizationId, deletedAt: null },
  })
  if (found === 0) throw unknownId('providerId', 'secret provider')
}

/** The scope that is named, or the root of the organization. */
export async function scopeOf(
  transaction: Transaction,
  organizationId: string,
  given: string | undefined,
): Promise<string> {
  const scope = await transaction.scope.findFirst({
    where: { organizationId, ...(given === undefined ? { parentId: null } : { id: given }) },
    select: { id: true },
  })
  if (!scope) throw unknownId('scopeId', 'scope')
  return scope.id
}
