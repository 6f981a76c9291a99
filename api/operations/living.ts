import { holdScope } from '../custody/hold-living.ts'
import type { Transaction } from '../database/database.ts'
import type { Scope } from '../database/gen/client.ts'
import { unknownId } from '../errors.ts'
import type { Principal } from '../principals/principal.ts'
import { requireWithin, visibleScopes } from '../scopes/scope-access.ts'

/**
 * Makes sure that what a body refers to exists in this organization, and goes on existing until the
 * transaction ends.
 */
export async function requireSecret(
  transaction: Transaction,
  organizationId: string,
  id: string,
): Promise<void> {
  const living = await holdSecrets(transaction, organizationId, [id])
  if (!living.has(id)) throw unknownId('secretId', 'secret')
}

/** Holds many secrets, in the order of their ids, and answers which of them are living. */
export async function holdSecrets(
  transaction: Transaction,
  organizationId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  await transaction.$executeRaw`
    SELECT 1 FROM "Secret" WHERE "organizationId" = ${organizationId}::uuid
      AND id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR SHARE`
  const living = await transaction.secret.findMany({
    where: { organizationId, id: { in: [...ids] }, deletedAt: null },
    select: { id: true },
  })
  return new Set(living.map(({ id }) => id))
}

/**
 * The same for the scope that something is put into: the one that is named, else the one that the
 * token is limited to, else the root of the organization. The caller must be allowed to act there.
 *
 * @param field - where the body names it
 */
export async function requireScope(
  transaction: Transaction,
  principal: Principal,
  organizationId: string,
  given: string | undefined,
  field = 'scopeId',
): Promise<Scope> {
  const scope = await transaction.scope.findFirst({
    where: {
      AND: [visibleScopes(principal), { organizationId }],
      ...scopeMeant(principal, given),
    },
  })
  if (!scope) throw unknownId(field, 'scope')
  await requireWithin(transaction, principal, scope.id)
  const now = await holdScope(transaction, organizationId, scope.id)
  if (!now) throw unknownId(field, 'scope')
  return now
}

/** The scope that a body means, which may not name it. */
export function scopeMeant(
  principal: Principal,
  given: string | undefined,
): { readonly id: string } | { readonly parentId: null } {
  const id = given ?? principal.scopeId
  return id === undefined ? { parentId: null } : { id }
}
