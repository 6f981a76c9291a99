import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestNames } from '../../../api/resolver/nearest-names.ts'

const nearest = (wanted: string, names: readonly string[], cells = 1_000_000) =>
  nearestNames(wanted, names, { cells })

describe('the names that look like a misspelt one', () => {
  it.each<[string, string[], string[]]>([
    ['stripe-apikey', ['stripe-api-key', 'db'], ['stripe-api-key']],
    ['Db', ['db', 'dbs', 'db-1', 'db-2', 'quite-another'], ['db', 'dbs', 'db-1']],
    ['tripe', ['stripe'], ['stripe']],
    ['aaa', ['bbb'], []],
    ['x', ['x'.repeat(200)], []],
    ['İ', ['i', 'ı'], ['i', 'ı']],
  ])('to %s among %j are %j', (wanted, names, near) => {
    expect(nearest(wanted, names)).toEqual(near)
  })

  it('are those within the distance that the whole table gives', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 14 })
    fc.assert(
      fc.property(name, name, (wanted, other) => {
        const most = Math.max(2, Math.ceil(other.length / 3))
        const near = wholeTable(wanted, other) <= most
        expect(nearest(wanted, [other])).toEqual(near ? [other] : [])
      }),
      { numRuns: 2_000 },
    )
  })

  it('cost no more than the budget and one comparison, however many and long they are', () => {
    const names = Array.from({ length: 8_000 }, (_, index) => `${'ab'.repeat(97)}${index}`)
    const wanted = 'ab'.repeat(100)
    const budget = { cells: 100_000 }
    expect(nearestNames(wanted, names, budget)).not.toEqual([])
    expect(budget.cells).toBeGreaterThan(-200 * 200)
    expect(nearestNames(wanted, names, budget)).toEqual([])
  })

  it('cost next to nothing when they are of another length or begin otherwise', () => {
    const budget = { cells: 1_000_000 }
    nearestNames('a'.repeat(200), Array<string>(1_000).fill('b'), budget)
    expect(budget.cells).toBe(1_000_000)
    nearestNames('a'.repeat(12), ['b'.repeat(12)], budget)
    expect(budget.cells).toBeGreaterThan(1_000_000 - 12 * 9)
  })
})

function wholeTable(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next[j] = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1)
    }
    row = next
  }
  return row[b.length] ?? 0
}
