import { equal } from '../values/equal.ts'
import { Unknown, isObject, unknownValue, type ObjectValue, type Value } from '../values/value.ts'
import type { Attribute, Attributes, Nesting } from './attributes.ts'
import type { Path } from './diagnostics.ts'
import { attributeType, isProviderGiven } from './schema.ts'
import { attributesOf, mapNested } from './walk.ts'

/** What the provider's values become in a plan: as they were, or new where they do not survive an update. */
export type Renewal = 'keep' | 'renew'

/**
 * Plans what schema and configuration decide alone. A configured value is planned as it is; write-only
 * ones are null; what the provider gives is its default, unknown when there is nothing prior, else the
 * prior value, unless it is renewed.
 */
export function planAttributes(
  attributes: Attributes,
  config: ObjectValue,
  prior: ObjectValue | null,
  renewal: Renewal,
): ObjectValue {
  const planned = Object.create(null) as Record<string, Value>
  for (const [name, attribute] of Object.entries(attributes)) {
    const given = config[name] ?? null
    const before = prior?.[name] ?? null
    if (attribute.writeOnly) planned[name] = null
    else if (given === null && isProviderGiven(attribute)) {
      planned[name] = providerValue(attribute, before, prior === null ? 'renew' : renewal)
    } else {
      planned[name] = mapNested(attribute, given, (element, step) =>
        planAttributes(attributesOf(attribute), element, objectAt(before, step), renewal),
      )
    }
  }
  return planned
}

function providerValue(attribute: Attribute, before: Value, renewal: Renewal): Value {
  if (attribute.presence === 'default') return attribute.default as Value
  if (renewal === 'keep' || (attribute.keeps && before !== null)) return before
  return unknownValue
}

/**
 * The attributes whose change replaces the resource, the outermost first. One that is unknown may
 * change, so it counts.
 */
export function replacedBy(
  attributes: Attributes,
  planned: ObjectValue | null,
  prior: ObjectValue | null,
  at: Path = [],
): Path[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const [after, before] = [planned?.[name] ?? null, prior?.[name] ?? null]
    const path = [...at, name]
    if (equal(after, before, attributeType(attribute))) return []
    if (attribute.replaces) return [path]
    if ('type' in attribute.shape || after instanceof Unknown) return []
    return steps(after, before, attribute.shape.nesting).flatMap((step) =>
      replacedBy(attributesOf(attribute), objectAt(after, step), objectAt(before, step), [
        ...path,
        ...step,
      ]),
    )
  })
}

/** The places where either value has an object; only both together tell what came and what went. */
function steps(a: Value, b: Value, nesting: Nesting): Path[] {
  if (nesting === 'single') return [[]]
  // Nothing tells which element became which, so an attribute inside cannot decide; `checkProvider` says so.
  if (nesting === 'set') return []
  if (nesting === 'list') {
    const lengths = [a, b].map((value) => (Array.isArray(value) ? value.length : 0))
    return Array.from({ length: Math.max(...lengths) }, (_, index) => [index])
  }
  const keys = [a, b].flatMap((value) => (isObject(value) ? Object.keys(value) : []))
  return [...new Set(keys)].map((key) => [key])
}

function objectAt(value: Value, [step]: Path): ObjectValue | null {
  const found =
    step === undefined
      ? value
      : typeof step === 'number'
        ? Array.isArray(value)
          ? ((value as readonly Value[])[step] ?? null)
          : null
        : isObject(value) && Object.hasOwn(value, step)
          ? (value[step] as Value)
          : null
  return isObject(found) ? found : null
}
