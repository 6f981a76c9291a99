/** Values as they stand in Terraform's JSON, which a path leads into. */

/** What stands at the path, or what is known to hold it where the path leads into an expression. */
export function select(rendered: unknown, path: readonly string[]): unknown {
  let selected = rendered
  for (const key of path) {
    if (!isComposed(selected) || !Object.hasOwn(selected, key)) break
    selected = (selected as Readonly<Record<string, unknown>>)[key]
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
