import type { Transaction } from '../database/database.ts'

/** A path as a key: names from below the root, which hold no `/`. Empty for the root. */
export const pathKey = (path: readonly string[]): string => path.join('/')

/**
 * Ids of the living scopes at these paths, by `pathKey`; a path that leads nowhere has none. The tree is
 * gone down one level at a time, so the number of queries does not depend on how many they are.
 */
export async function findScopesAt(
  { scope }: Pick<Transaction, 'scope'>,
  organizationId: string,
  paths: readonly (readonly string[])[],
): Promise<Map<string, string>> {
  const living = { organizationId, deletedAt: null }
  const root = await scope.findFirst({ where: { ...living, parentId: null } })
  const found = new Map<string, string>(root ? [['', root.id]] : [])
  const deepest = Math.max(0, ...paths.map((path) => path.length))
  for (let depth = 1; depth <= deepest; depth++) {
    const parents = new Map<string, string>()
    const names = new Set<string>()
    for (const path of paths) {
      const parent = found.get(pathKey(path.slice(0, depth - 1)))
      const name = path[depth - 1]
      if (parent === undefined || name === undefined) continue
      parents.set(parent, pathKey(path.slice(0, depth - 1)))
      names.add(name)
    }
    if (names.size === 0) break
    const rows = await scope.findMany({
      where: { ...living, parentId: { in: [...parents.keys()] }, name: { in: [...names] } },
      select: { id: true, name: true, parentId: true },
    })
    for (const { id, name, parentId } of rows) {
      const above = parents.get(parentId ?? '') ?? ''
      found.set(above === '' ? name : `${above}/${name}`, id)
    }
  }
  return found
}
