import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  numberFromDouble,
  numberFromText,
  numberToText,
} from '../../../../cdktf-provider/plugin/values/number.ts'
import { ExactNumber, ValueError } from '../../../../cdktf-provider/plugin/values/value.ts'

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['0.1', 0.1],
    ['1e3', 1000],
    ['1.50', 1.5],
    ['-12.5e-1', -1.25],
    ['9007199254740992', 9007199254740992],
  ])('reads %s as a JavaScript number', (text, number) => {
    expect(numberFromText(text)).toBe(number)
  })

  it.each([
    ['9007199254740993', '9007199254740993'],
    ['18446744073709551616', '18446744073709551616'],
    ['123456789.123456789123456789', '123456789.123456789123456789'],
    ['1e400', `1${'0'.repeat(400)}`],
    ['1e-400', `0.${'0'.repeat(399)}1`],
  ])('keeps %s exactly', (text, digits) => {
    expect(numberFromText(text)).toEqual(new ExactNumber(digits))
  })

  it.each(['', 'one', '1e', '0x10', '1e999999', '1e99999999999', 'Infinity', 'NaN'])(
    'refuses %j',
    (text) => expect(() => numberFromText(text)).toThrow(ValueError),
  )

  it('tells a double from the decimal it is nearest to', () => {
    expect(numberFromDouble(0.5)).toBe(0.5)
    expect(numberToText(numberFromDouble(0.1))).toBe(
      '0.1000000000000000055511151231257827021181583404541015625',
    )
  })

  it('writes every double so that it reads back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
        expect(Number(numberToText(numberFromDouble(double)))).toBe(double + 0)
        expect(numberFromText(numberToText(double))).toBe(double + 0)
      }),
    )
  })
})
