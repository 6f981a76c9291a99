import { Unknown, isObject, type ObjectValue, type Value } from '../values/value.ts'
import type { Attribute, Attributes } from './attributes.ts'
import type { Path } from './diagnostics.ts'

/** Calls `visit` for every attribute of a value, nested ones included, parents first. */
export function walk(
  attributes: Attributes,
  value: ObjectValue,
  visit: (attribute: Attribute, value: Value, path: Path) => void,
  at: Path = [],
): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const path = [...at, name]
    const inner = value[name] ?? null
    visit(attribute, inner, path)
    for (const [step, element] of nestedObjects(attribute, inner)) {
      walk(attributesOf(attribute), element, visit, [...path, ...step])
    }
  }
}

/** Rebuilds a value, giving each attribute without attributes of its own what `change` makes of it. */
export function rebuild(
  attributes: Attributes,
  value: ObjectValue,
  change: (attribute: Attribute, value: Value, path: Path) => Value,
  at: Path = [],
): ObjectValue {
  const result = Object.create(null) as Record<string, Value>
  for (const [name, attribute] of Object.entries(attributes)) {
    const path = [...at, name]
    // `hasOwn`, for a handler's object has a prototype, where an attribute `constructor` would be found.
    const given = Object.hasOwn(value, name) ? (value[name] ?? null) : null
    const changed = change(attribute, given, path)
    result[name] = mapNested(attribute, changed, (element, step) =>
      rebuild(attributesOf(attribute), element, change, [...path, ...step]),
    )
  }
  return result
}

/** Replaces the objects inside a nested attribute's value; all else, the unknown included, stays. */
export function mapNested(
  { shape }: Attribute,
  value: Value,
  change: (element: ObjectValue, step: Path) => Value,
): Value {
  if ('type' in shape || value === null || value instanceof Unknown) return value
  const element = (inner: Value, step: Path) => (isObject(inner) ? change(inner, step) : inner)
  if (shape.nesting === 'single') return element(value, [])
  if (shape.nesting === 'list' || shape.nesting === 'set') {
    return Array.isArray(value)
      ? (value as readonly Value[]).map((inner, index) => element(inner, [index]))
      : value
  }
  if (!isObject(value)) return value
  const result = Object.create(null) as Record<string, Value>
  for (const [key, inner] of Object.entries(value)) result[key] = element(inner, [key])
  return result
}

export const attributesOf = ({ shape }: Attribute): Attributes =>
  'type' in shape ? {} : shape.attributes

function nestedObjects(attribute: Attribute, value: Value): [step: Path, element: ObjectValue][] {
  const found: [Path, ObjectValue][] = []
  mapNested(attribute, value, (element, step) => {
    found.push([step, element])
    return element
  })
  return found
}
