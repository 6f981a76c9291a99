import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equal } from '../../../../cdktf-provider/plugin/values/equal.ts'
import {
  ExactNumber,
  isWhollyKnown,
  unknownValue,
} from '../../../../cdktf-provider/plugin/values/value.ts'
import { types, valuesOf } from './arbitraries.ts'

describe('equal', () => {
  it('finds a value equal to itself when all of it is known', () => {
    const typed = types.chain((type) => valuesOf(type).map((value) => ({ type, value })))
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        expect(equal(value, value, type)).toBe(isWhollyKnown(value))
      }),
      { numRuns: 200 },
    )
  })

  it('compares sets without order and lists with it', () => {
    expect(equal(['a', 'b'], ['b', 'a'], ['set', 'string'])).toBe(true)
    expect(equal(['a', 'a'], ['a', 'b'], ['set', 'string'])).toBe(false)
    expect(equal([['a'], ['b']], [['b'], ['a']], ['set', ['list', 'string']])).toBe(true)
    expect(equal(['a', 'b'], ['b', 'a'], ['list', 'string'])).toBe(false)
  })

  it('compares numbers by their digits', () => {
    expect(equal(0.1, new ExactNumber('0.1'), 'number')).toBe(true)
    expect(equal(new ExactNumber('9007199254740993'), 9007199254740992, 'number')).toBe(false)
  })

  it('finds an unknown value equal to nothing', () => {
    expect(equal(unknownValue, unknownValue, 'string')).toBe(false)
    expect(equal([unknownValue], [unknownValue], ['set', 'string'])).toBe(false)
  })
})
