import fc from 'fast-check'
import type { Type } from '../../../../cdktf-provider/plugin/values/type.ts'
import type { ExactNumber } from '../../../../cdktf-provider/plugin/values/value.ts'
import {
  Dynamic,
  Unknown,
  unknownValue,
  type Value,
} from '../../../../cdktf-provider/plugin/values/value.ts'
import { numberFromText } from '../../../../cdktf-provider/plugin/values/number.ts'

/** Names that have tripped JavaScript before, among ordinary ones. */
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'toString', ''),
  fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC')),
)
const text = fc.string({ unit: 'grapheme', maxLength: 300 }).map((s) => s.normalize('NFC'))
const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: -30, max: 400 }))
  .map(([negative, digits, exponent]) =>
    numberFromText(`${negative ? '-' : ''}${digits}e${exponent}`),
  )
const number: fc.Arbitrary<number | ExactNumber> = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -40, max: 300 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => double + 0),
  decimal,
)
const unknown = fc.oneof(
  fc.constant(unknownValue),
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => new Unknown(bytes)),
)

export const types: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'type' },
    fc.constantFrom<Type>('string', 'number', 'bool', 'dynamic'),
    fc
      .constantFrom('list' as const, 'set' as const, 'map' as const)
      .chain((kind) => tie('type').map((inner): Type => [kind, inner])),
    fc.array(tie('type'), { maxLength: 4 }).map((inner): Type => ['tuple', inner]),
    fc
      .array(fc.tuple(key, tie('type')), { maxLength: 5 })
      .map((entries): Type => ['object', Object.fromEntries(entries)]),
  ),
})).type

/** Values of a type, null and unknown ones at every depth. */
export function valuesOf(type: Type, depth = 0): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 6, arbitrary: known(type, depth) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: unknown },
  )
}

function known(type: Type, depth: number): fc.Arbitrary<Value> {
  if (type === 'string') return text
  if (type === 'bool') return fc.boolean()
  if (type === 'number') return number
  if (type === 'dynamic') {
    const inner = depth > 2 ? fc.constant<Type>('string') : types
    return inner.chain((t) => valuesOf(t, depth + 2).map((value) => new Dynamic(t, value)))
  }
  if (type[0] === 'tuple') return fc.tuple(...type[1].map((t) => valuesOf(t, depth + 1)))
  if (type[0] === 'object') {
    const entries = Object.entries(type[1])
    return fc
      .tuple(...entries.map(([, t]) => valuesOf(t, depth + 1)))
      .map((values) => withoutPrototype(entries.map(([name], i) => [name, values[i] as Value])))
  }
  const elements = fc.array(valuesOf(type[1], depth + 1), { maxLength: 20 })
  if (type[0] !== 'map') return elements
  return fc
    .uniqueArray(key, { maxLength: 20 })
    .chain((keys) =>
      fc
        .tuple(...keys.map(() => valuesOf(type[1], depth + 1)))
        .map((values) => withoutPrototype(keys.map((k, i) => [k, values[i] as Value]))),
    )
}

export function withoutPrototype(entries: readonly (readonly [string, Value])[]): Value {
  const object = Object.create(null) as Record<string, Value>
  for (const [name, value] of entries) object[name] = value
  return object
}
