import type { Transaction } from '../database/database.ts'
import type { Prisma } from '../database/gen/client.ts'
import { Refused } from '../errors.ts'
import type { Principal } from '../principals/principal.ts'

/**
 * What a token that is limited to a scope may touch. It acts on its scope and those below, and sees
 * those above. Conditions follow the tree as it is now, which has four levels at most, so that moving
 * a scope moves what its tokens reach.
 */
export const withinScope = (id: string): Prisma.ScopeWhereInput => ({
  OR: [
    { id },
    { parentId: id },
    { parent: { parentId: id } },
    { parent: { parent: { parentId: id } } },
  ],
})

const seenFromScope = (id: string): Prisma.ScopeWhereInput => {
  const child = { children: { some: { id } } }
  const grandchild = { children: { some: child } }
  return { OR: [withinScope(id), child, grandchild, { children: { some: grandchild } }] }
}

/** Limits a look-up to the organization of the principal; an admin sees all of them. */
export const visibleTo = ({ organizationId }: Principal): { readonly organizationId?: string } =>
  organizationId === undefined ? {} : { organizationId }

/** Living scopes that the principal can see. */
export const visibleScopes = (principal: Principal): Prisma.ScopeWhereInput => ({
  ...visibleTo(principal),
  deletedAt: null,
  ...(principal.scopeId === undefined ? {} : { AND: [seenFromScope(principal.scopeId)] }),
})

/** Secrets, deleted ones too, in scopes that the principal can see. */
export const visibleSecrets = (principal: Principal): Prisma.SecretWhereInput => ({
  ...visibleTo(principal),
  ...(principal.scopeId === undefined ? {} : { scope: seenFromScope(principal.scopeId) }),
})

/** Tokens in reach of the principal: those of the whole organization are not seen from a scope. */
export const visibleTokens = (principal: Principal): Prisma.ApiTokenWhereInput => ({
  ...visibleTo(principal),
  ...(principal.scopeId === undefined ? {} : { scope: withinScope(principal.scopeId) }),
})

/** Refuses a limited token what lies outside its scope, though it may see it. */
export async function requireWithin(
  database: Pick<Transaction, 'scope'>,
  { scopeId: limit }: Principal,
  scopeId: string,
): Promise<void> {
  if (limit === undefined || limit === scopeId) return
  const found = await database.scope.count({ where: { id: scopeId, AND: [withinScope(limit)] } })
  if (found === 0) throw outOfReach()
}

/** For a limited token, about what it may see and not act on. What it may not see is unknown to it. */
export const outOfReach = (): Refused =>
  new Refused(
    'forbidden',
    'This token is limited to a scope, and this lies outside of it. Use a token of that scope or of the whole organization.',
  )

/** Whether a token that is limited to `limit` sees a scope. */
export const seesScope = async (
  { scope }: Pick<Transaction, 'scope'>,
  limit: string,
  id: string,
): Promise<boolean> => (await scope.count({ where: { id, AND: [seenFromScope(limit)] } })) > 0
