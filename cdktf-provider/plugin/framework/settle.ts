import {
  ValueError,
  isObject,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  type Value,
} from '../values/value.ts'
import type { Attribute, Attributes } from './attributes.ts'
import type { Diagnostics } from './diagnostics.ts'
import { rebuild } from './walk.ts'

/**
 * Makes a handler's result fit to be stored: write-only attributes are null, and what it left unknown
 * is null with an error, so that an object that does exist is not lost for it.
 */
export function settle(
  attributes: Attributes,
  result: unknown,
  diagnostics: Diagnostics,
): ObjectValue {
  if (!isObject(result as Value)) throw new ValueError('the handler returned no object')
  return rebuild(attributes, result as ObjectValue, (attribute, value, path) => {
    if (attribute.writeOnly) return null
    if (!hasUnknown(attribute, value)) return value
    diagnostics.error({
      summary: `The provider left \`${path.join('.')}\` unknown.`,
      detail: 'Nothing may be unknown after apply. This is a mistake in the provider.',
      path,
    })
    return null
  })
}

/** The planned values that are known, null for the rest: what is sure about an object of unknown fate. */
export function knownPart(attributes: Attributes, planned: ObjectValue): ObjectValue {
  return rebuild(attributes, planned, (attribute, value) =>
    hasUnknown(attribute, value) ? null : value,
  )
}

/** Whether the value is unknown, or part of it that is not an attribute of its own. */
function hasUnknown({ shape }: Attribute, value: Value): boolean {
  if ('type' in shape) return !isWhollyKnown(value)
  if (isUnknown(value)) return true
  if (shape.nesting === 'single' || value === null) return false
  return Object.values(value).some(isUnknown)
}
