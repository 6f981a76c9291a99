import type { Type } from './type.ts'

/** A value Terraform does not know yet. */
export class Unknown {
  /** What is known about it (its prefix, its length, ...) as it came, so that it goes back unchanged. */
  readonly refinement: Uint8Array | null
  constructor(refinement: Uint8Array | null = null) {
    this.refinement = refinement
  }
}

/** A number that JavaScript's `number` would round, as its exact decimal digits. */
export class ExactNumber {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

/** The value of an attribute that accepts any type, with the type it has. */
export class Dynamic {
  readonly type: Type
  readonly value: Value
  constructor(type: Type, value: Value) {
    this.type = type
    this.value = value
  }
}

/** Any value of the wire. Maps and objects have no prototype, so `__proto__` is a key like another. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | ExactNumber
  | Dynamic
  | readonly Value[]
  | { readonly [key: string]: Value }

export type ObjectValue = { readonly [key: string]: Value }

/** The unknown value about which nothing is known. */
export const unknownValue = new Unknown()

export const isUnknown = (value: unknown): value is Unknown => value instanceof Unknown

/** Tells an object or a map from every other value. */
export const isObject = (value: Value): value is ObjectValue =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Unknown || value instanceof ExactNumber || value instanceof Dynamic)

/** Whether nothing in `value` is unknown, at any depth. */
export function isWhollyKnown(value: Value): boolean {
  if (isUnknown(value)) return false
  if (value instanceof Dynamic) return isWhollyKnown(value.value)
  if (Array.isArray(value)) return value.every(isWhollyKnown)
  return isObject(value) ? Object.values(value).every(isWhollyKnown) : true
}

/** A value did not fit its type, or its bytes are damaged. The message never shows the value. */
export class ValueError extends Error {
  readonly path: readonly (string | number)[]
  constructor(message: string, path: readonly (string | number)[] = []) {
    super(path.length ? `${path.join('.')}: ${message}` : message)
    this.name = 'ValueError'
    this.path = path
  }
}
