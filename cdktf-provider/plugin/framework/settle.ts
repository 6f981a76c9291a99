import {
  ValueError,
  isObject,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  type Value,
} from '../values/value.ts'
import type { Attribute, Attributes } from './attributes.ts'
import type { Diagnostics, Path } from './diagnostics.ts'
import { rebuild } from './walk.ts'

/**
 * Makes a handler's result fit to be stored: write-only attributes are null. What the handler left unknown,
 * or left out although its type says that it has a value, is null with an error, so that an object that
 * does exist is not lost for it.
 */
export function settle(
  attributes: Attributes,
  result: unknown,
  diagnostics: Diagnostics,
): ObjectValue {
  return rebuild(attributes, objectOf(result), (attribute, value, path) => {
    if (attribute.writeOnly) return null
    if (hasUnknown(attribute, value)) return leftUnknown(path, diagnostics)
    if (value === null && !attribute.nullable) {
      diagnostics.error({
        summary: `The provider gave no \`${path.join('.')}\`.`,
        detail: 'Its schema says that it always has a value. This is a mistake in the provider.',
        path,
      })
    }
    return value
  })
}

/** Like `settle`, for an import: what is missing is null, for `read` to complete. */
export function settlePartial(
  attributes: Attributes,
  result: unknown,
  diagnostics: Diagnostics,
): ObjectValue {
  return rebuild(attributes, objectOf(result), (attribute, value, path) => {
    if (attribute.writeOnly) return null
    return hasUnknown(attribute, value) ? leftUnknown(path, diagnostics) : value
  })
}

/** The planned values that are known, null for the rest: what is sure about an object of unknown fate. */
export function knownPart(attributes: Attributes, planned: ObjectValue): ObjectValue {
  return rebuild(attributes, planned, (attribute, value) =>
    hasUnknown(attribute, value) ? null : value,
  )
}

function objectOf(result: unknown): ObjectValue {
  if (!isObject(result as Value)) throw new ValueError('the handler returned no object')
  return result as ObjectValue
}

function leftUnknown(path: Path, diagnostics: Diagnostics): null {
  diagnostics.error({
    summary: `The provider left \`${path.join('.')}\` unknown.`,
    detail: 'Nothing may be unknown after apply. This is a mistake in the provider.',
    path,
  })
  return null
}

/** Whether the value is unknown, or part of it that is not an attribute of its own. */
function hasUnknown({ shape }: Attribute, value: Value): boolean {
  if ('type' in shape) return !isWhollyKnown(value)
  if (isUnknown(value)) return true
  if (shape.nesting === 'single' || value === null) return false
  return Object.values(value).some(isUnknown)
}
