/** Values as they stand in Terraform's JSON, which a path leads into. */

/** A map of Terraform's JSON: a block, or what blocks lie in. */
export type Block = Readonly<Record<string, unknown>>

/**
 * Everything at a path, of whatever is laid in lists on the way: Terraform takes a list of blocks where
 * it takes one, and `addOverride` writes into one by its indexes.
 */
export function everyAt(rendered: unknown, path: readonly string[]): unknown[] {
  return path.reduce<unknown[]>(
    (found, name) =>
      found.flatMap(blocksIn).flatMap((block) => (Object.hasOwn(block, name) ? [block[name]] : [])),
    [rendered],
  )
}

/** The blocks that a value is, or is a list of, or has below its indexes. */
export function blocksIn(rendered: unknown): readonly Block[] {
  if (!isComposed(rendered)) return []
  const known = blocks.get(rendered)
  if (known) return known
  const keys = Object.keys(rendered)
  const indexes = keys.filter(isIndex)
  const listed = indexes.flatMap((index) => blocksIn((rendered as Block)[index]))
  const found = indexes.length === keys.length ? listed : [rendered as Block, ...listed]
  blocks.set(rendered, found)
  return found
}

/** A thousand variables lie in one map, which is not read through for each of them. */
const blocks = new WeakMap<object, readonly Block[]>()

export const isIndex = (key: string): boolean => /^\d+$/.test(key)

/** What stands at the path, or what is known to hold it where the path leads into an expression. */
export function select(rendered: unknown, path: readonly string[]): unknown {
  let selected = rendered
  for (const key of path) {
    if (!isComposed(selected) || !Object.hasOwn(selected, key)) break
    selected = (selected as Block)[key]
  }
  return selected
}

/** What `each.value` with this path stands for, of all elements of a `for_each`. */
export const valuesOf = (forEach: unknown, path: readonly string[]): unknown =>
  isComposed(forEach) ? Object.values(forEach).map((each) => select(each, path)) : forEach

/** What `each.key` stands for, where the `for_each` says it apart from its values. */
export const keysOf = (forEach: unknown): unknown =>
  isComposed(forEach) && !Array.isArray(forEach) ? Object.keys(forEach) : forEach

const isComposed = (rendered: unknown): rendered is object =>
  typeof rendered === 'object' && rendered !== null
