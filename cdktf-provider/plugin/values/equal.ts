import { encodeMsgpack } from './msgpack-writer.ts'
import { numberToText } from './number.ts'
import type { Type } from './type.ts'
import { type Dynamic, type ExactNumber, type ObjectValue, Unknown, type Value } from './value.ts'

/**
 * Whether two values of one type are equal. An unknown value equals nothing, not even itself, because
 * it may become anything. Sets are compared without their order.
 */
export function equal(a: Value, b: Value, type: Type): boolean {
  if (a === null || b === null) return a === b
  if (a instanceof Unknown || b instanceof Unknown) return false
  switch (type) {
    case 'string':
    case 'bool':
      return a === b
    case 'number':
      return numberToText(a as number | ExactNumber) === numberToText(b as number | ExactNumber)
    case 'dynamic': {
      const [x, y] = [a as Dynamic, b as Dynamic]
      return JSON.stringify(x.type) === JSON.stringify(y.type) && equal(x.value, y.value, x.type)
    }
  }
  if (type[0] === 'map') {
    const [x, y] = [a as ObjectValue, b as ObjectValue]
    const keys = Object.keys(x)
    return (
      keys.length === Object.keys(y).length &&
      keys.every((key) => Object.hasOwn(y, key) && equal(x[key] as Value, y[key] as Value, type[1]))
    )
  }
  if (type[0] === 'object') {
    const [x, y] = [a as ObjectValue, b as ObjectValue]
    return Object.entries(type[1]).every(([name, t]) => equal(x[name] ?? null, y[name] ?? null, t))
  }
  const [x, y] = [a as readonly Value[], b as readonly Value[]]
  if (x.length !== y.length) return false
  if (type[0] === 'set') return sameElements(x, y, type[1])
  return x.every((element, index) =>
    equal(element, y[index] as Value, (type[0] === 'tuple' ? type[1][index] : type[1]) as Type),
  )
}

/** Compares sets by their sorted encodings first; only what has a set or an unknown inside needs pairs. */
function sameElements(x: readonly Value[], y: readonly Value[], type: Type): boolean {
  if (typeof type === 'string' && type !== 'dynamic') {
    const encode = (value: Value) => Buffer.from(encodeMsgpack(value, type)).toString('latin1')
    const [p, q] = [x.map(encode).sort(), y.map(encode).sort()]
    return p.every((element, index) => element === q[index]) && ![...x, ...y].some(isUnknownElement)
  }
  const left = [...y]
  return x.every((element) => {
    const index = left.findIndex((other) => equal(element, other, type))
    if (index >= 0) left.splice(index, 1)
    return index >= 0
  })
}

const isUnknownElement = (value: Value) => value instanceof Unknown
