import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatRanges, parseRanges } from '../../../../api/backends/gcp-sm/version-ranges.ts'

it('gives back the numbers it was given, each once and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 })), (numbers) => {
      const ordered = [...new Set(numbers)].sort((a, b) => a - b)
      expect(parseRanges(formatRanges(numbers))).toEqual(ordered)
    }),
  )
})

it('is short for what lies together', () => {
  expect(formatRanges([4, 1, 2, 3, 7, 9, 10])).toBe('1-4,7,9-10')
  expect(formatRanges([])).toBe('')
})

it('passes over what is no range', () => {
  expect(parseRanges('')).toEqual([])
  expect(parseRanges('x,3-1,-,1-,2,1-9999999,99999999,5-6, 7')).toEqual([2, 5, 6])
})
