import { deepStrictEqual } from 'node:assert'
import { ExtData, decode, encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-reader.ts'
import { encodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-writer.ts'
import type { Type } from '../../../../cdktf-provider/plugin/values/type.ts'
import {
  Dynamic,
  ExactNumber,
  Unknown,
  ValueError,
  unknownValue,
  type Value,
} from '../../../../cdktf-provider/plugin/values/value.ts'
import { types, valuesOf, withoutPrototype } from './arbitraries.ts'

const typed = types.chain((type) => valuesOf(type).map((value) => ({ type, value })))

describe('msgpack', () => {
  it('reads back every value it writes', () => {
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        // Not `expect`, which takes an own key `constructor` for the class.
        deepStrictEqual(decodeMsgpack(encodeMsgpack(value, type), type), value)
      }),
      { numRuns: 300 },
    )
  })

  it('writes what another implementation reads as the same value', () => {
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        // That implementation refuses `__proto__` as a key, which is why ours exists.
        fc.pre(!JSON.stringify([type, value]).includes('__proto__'))
        expect(decode(Uint8Array.from(encodeMsgpack(value, type)))).toEqual(plain(value, type))
      }),
      { numRuns: 200 },
    )
  })

  it('reads numbers in every form another implementation writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true })), (number) => {
        fc.pre(Number.isFinite(number))
        const read = decodeMsgpack(encode(number), 'number')
        expect(Number(read instanceof ExactNumber ? read.digits : read)).toBe(number + 0)
      }),
    )
  })

  it('answers damaged bytes with a ValueError and nothing else', () => {
    fc.assert(
      fc.property(typed, fc.nat(), fc.nat(255), ({ type, value }, at, byte) => {
        const bytes = Uint8Array.from(encodeMsgpack(value, type))
        bytes[at % bytes.length] = byte
        onlyValueErrors(() => decodeMsgpack(bytes, type))
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 64 }), (type, bytes) => {
        onlyValueErrors(() => decodeMsgpack(bytes, type))
      }),
      { numRuns: 300 },
    )
  })

  it('refuses a value that is cut short or followed by more', () => {
    const type: Type = ['object', { a: 'string', b: ['list', 'number'] }]
    const bytes = encodeMsgpack({ a: 'x'.repeat(40), b: [1, 1000, -1] }, type)
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeMsgpack(bytes.subarray(0, length), type)).toThrow(ValueError)
    }
    expect(() => decodeMsgpack(Buffer.concat([bytes, Buffer.of(0xc0)]), type)).toThrow('follow')
  })

  it('does not reserve memory for a length that cannot be true', () => {
    expect(() =>
      decodeMsgpack(Buffer.of(0xdd, 0xff, 0xff, 0xff, 0xff), ['list', 'string']),
    ).toThrow('truncated')
  })

  it('refuses to follow a value as deep as the message is long', () => {
    const pair = Buffer.from([0x92, 0xa9, ...Buffer.from('"dynamic"').subarray(0, 9)])
    expect(() => decodeMsgpack(Buffer.concat(Array(100_000).fill(pair)), 'dynamic')).toThrow(
      'deeply',
    )
  })

  it('keeps what is known of an unknown value, also when it needs a 16-bit length', () => {
    for (const size of [1, 2, 200, 265]) {
      const unknown = new Unknown(new Uint8Array(size).fill(7))
      expect(decodeMsgpack(encodeMsgpack(unknown, 'string'), 'string')).toEqual(unknown)
    }
    expect(encodeMsgpack(unknownValue, 'string')).toEqual(Buffer.of(0xd4, 0, 0))
  })

  it.each([1, 2, 3, 4, 8, 16, 255, 256, 65_535, 65_536])(
    'reads what is known of an unknown value in the header for %i bytes, and writes it back',
    (size) => {
      const bytes = new Uint8Array(size).fill(7)
      const read = decodeMsgpack(encode(new ExtData(12, bytes)), 'string')
      expect(read).toEqual(new Unknown(bytes))
      expect(decode(Uint8Array.from(encodeMsgpack(read, 'string')))).toEqual(new ExtData(12, bytes))
    },
  )

  it('reads an unknown value whatever it holds, and refuses every other extension', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -128, max: 127 }),
        fc.uint8Array({ maxLength: 40 }),
        (kind, bytes) => {
          const extension = encode(new ExtData(kind, bytes))
          if (kind === 0) expect(decodeMsgpack(extension, 'bool')).toBe(unknownValue)
          else if (kind === 12) expect(decodeMsgpack(extension, 'bool')).toEqual(new Unknown(bytes))
          else expect(() => decodeMsgpack(extension, 'bool')).toThrow('has no meaning here')
        },
      ),
    )
  })

  it.each<[string, Type, Value]>([
    ['a text of 6 MB', 'string', 'e\u0301'.normalize('NFC').repeat(3 << 20)],
    ['a list of 70,000', ['list', 'number'], Array.from({ length: 70_000 }, (_, i) => i * 1e6)],
    [
      'a map of 70,000',
      ['map', 'string'],
      withoutPrototype(Array.from({ length: 70_000 }, (_, i) => [`key ${i}`, 'x'])),
    ],
    [
      'a dynamic value whose type takes 70,000 bytes',
      'dynamic',
      new Dynamic(['tuple', Array<Type>(10_000).fill('string')], Array<Value>(10_000).fill(null)),
    ],
  ])('carries %s, as another implementation does', (_, type, value) => {
    const bytes = encodeMsgpack(value, type)
    expect(decodeMsgpack(bytes, type)).toEqual(value)
    expect(decode(Uint8Array.from(bytes))).toEqual(plain(value, type))
  })

  it('treats the keys of a map as data', () => {
    const map = withoutPrototype([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    const read = decodeMsgpack(encodeMsgpack(map, ['map', 'string']), ['map', 'string'])
    expect(Object.keys(read as object)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it('normalizes text to NFC, as Terraform does', () => {
    expect(decodeMsgpack(encodeMsgpack('e\u0301', 'string'), 'string')).toBe('\u00e9')
  })

  it('says where a value does not fit, and not what it is', () => {
    const type: Type = ['object', { rules: ['list', ['object', { port: 'number' }]] }]
    const wrong = { rules: [{ port: 1 }, { port: 'hunter2' }] }
    expect(() => encodeMsgpack(wrong, type)).toThrow('rules.1.port: expected a number')
    expect(() => decodeMsgpack(encode(wrong), type)).toThrow('rules.1.port: expected a number')
  })

  it('wants every attribute of an object and no other', () => {
    const type: Type = ['object', { a: 'string', b: 'string' }]
    expect(() => decodeMsgpack(encode({ a: 'x' }), type)).toThrow('expected 2 attributes')
    expect(() => decodeMsgpack(encode({ a: 'x', c: 'y' }), type)).toThrow('does not have')
    expect(() => decodeMsgpack(encode({ a: 'x', toString: 'y' }), type)).toThrow('does not have')
  })
})

function onlyValueErrors(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError)
  }
}

/** The value as plain msgpack without types says it. */
function plain(value: Value, type: Type): unknown {
  if (value === null) return null
  if (value instanceof Unknown) {
    return value.refinement ? new ExtData(12, value.refinement) : new ExtData(0, Uint8Array.of(0))
  }
  if (value instanceof Dynamic) {
    return [
      Uint8Array.from(Buffer.from(JSON.stringify(value.type))),
      plain(value.value, value.type),
    ]
  }
  if (type === 'number') {
    if (value instanceof ExactNumber) return value.digits
    return Number.isSafeInteger(value) ? value : expect.stringMatching(/^-?[\d.]+$/)
  }
  if (typeof type === 'string') return value
  const inner = (step: string | number): Type =>
    type[0] === 'object'
      ? (type[1][step] as Type)
      : type[0] === 'tuple'
        ? (type[1][step as number] as Type)
        : type[1]
  if (Array.isArray(value)) return value.map((element: Value, i) => plain(element, inner(i)))
  const names = Object.keys(type[0] === 'object' ? type[1] : value)
  const given = value as Record<string, Value>
  return Object.fromEntries(names.map((name) => [name, plain(given[name] ?? null, inner(name))]))
}
