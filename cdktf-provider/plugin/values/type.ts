/** The type of a value, written as Terraform writes it: `["list","string"]`, `["object",{"a":"bool"}]`. */
export type Type =
  'string' | 'number' | 'bool' | 'dynamic' | CollectionType | TupleType | ObjectType

export type CollectionType =
  readonly ['list', Type] | readonly ['set', Type] | readonly ['map', Type]
export type TupleType = readonly ['tuple', readonly Type[]]
export type ObjectType = readonly ['object', Readonly<Record<string, Type>>]

const deepest = 100

/** Reads a type that came with a dynamic value. Throws when it is not one. */
export function parseType(text: string): Type {
  return check(JSON.parse(text), 0)
}

function check(type: unknown, depth: number): Type {
  if (depth > deepest) throw new SyntaxError('a type is nested too deeply')
  if (type === 'string' || type === 'number' || type === 'bool' || type === 'dynamic') return type
  if (Array.isArray(type)) {
    const [kind, inner] = type as unknown[]
    if (kind === 'list' || kind === 'set' || kind === 'map') return [kind, check(inner, depth + 1)]
    if (kind === 'tuple' && Array.isArray(inner)) {
      return [kind, inner.map((element) => check(element, depth + 1))]
    }
    if (kind === 'object' && typeof inner === 'object' && inner !== null) {
      const entries = Object.entries(inner).map(([name, t]) => [name, check(t, depth + 1)] as const)
      return [kind, Object.fromEntries(entries)]
    }
  }
  throw new SyntaxError('not a type')
}
