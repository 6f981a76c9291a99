import { rulesOf } from '../backends/store-rules.ts'
import type { Database } from '../database/database.ts'
import { Refused } from '../errors.ts'
import type { Keeper } from './keeper.ts'

/** A secret that is about to be kept in a store. */
export interface PathWish {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly scope: { readonly id: string; readonly isRoot: boolean }
}

/**
 * Chooses the path of a new managed secret: once, for it keeps the path whatever becomes of its name.
 * One that a living secret of ours has is taken; where a deleted one has left its copy, the new path
 * ends with the secret's own id, and with a number when it is left there, too. What others have there
 * the store tells when it is written.
 */
export async function choosePath(
  { prisma }: Database,
  keeper: Keeper,
  wish: PathWish,
): Promise<string> {
  const { managedPath } = rulesOf(keeper.type)
  const tenant = tenantOf(keeper, wish)
  const pathOf = (name: string) => managedPath(keeper.config, [...tenant, name])
  const keptAt = (remotePath: string) =>
    ({ ...keeper.columns, remotePath, storage: 'managed' }) as const
  const taken = await prisma.secret.findFirst({
    where: { ...keptAt(pathOf(wish.name)), id: { not: wish.id }, deletedAt: null },
    select: { organizationId: true },
  })
  if (taken) throw pathTaken()
  const isFree = async (path: string) => {
    const secrets = await prisma.secret.count({ where: keptAt(path) })
    return secrets + (await prisma.leftover.count({ where: { ...keeper.columns, path } })) === 0
  }
  let path = pathOf(wish.name)
  for (let copies = 1; !(await isFree(path)); copies += 1) {
    path = pathOf(`${wish.name}-${wish.id}${copies > 1 ? `-${copies}` : ''}`)
  }
  return path
}

/** Whatever keeps apart those who share the store. */
function tenantOf({ columns }: Keeper, { organizationId, scope }: PathWish): readonly string[] {
  const ownStore = columns.providerId !== null
  if (scope.isRoot) return ownStore ? [] : [organizationId]
  return [organizationId, scope.id]
}

export const pathTaken = (): Refused =>
  new Refused(
    'path_taken',
    'Something is kept already at the path that this secret would have in its store, and nothing is ever overwritten there. Choose another name, or read what is there by giving `remotePath` in place of `value`.',
  )
