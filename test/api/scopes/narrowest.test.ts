import fc from 'fast-check'
import { expect, it } from 'vitest'
import { narrowest } from '../../../api/scopes/narrowest.ts'

const rows = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('a', 'b', 'c'), distance: fc.nat({ max: 3 }) }),
  { selector: ({ name, distance }) => `${name}${distance}` },
)

/** From wide to narrow, each scope writes over what the ones before it said. */
function model(all: readonly { name: string; distance: number }[]): Map<string, number> {
  const meaning = new Map<string, number>()
  for (const distance of [3, 2, 1, 0]) {
    for (const row of all) if (row.distance === distance) meaning.set(row.name, distance)
  }
  return meaning
}

it('finds for each name what writing over from wide to narrow leaves', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const chosen = narrowest(all)
      expect(new Map(chosen.map(({ name, winner }) => [name, winner.distance]))).toEqual(model(all))
      for (const { name, winner, passedOver } of chosen) {
        const others = all.filter((row) => row.name === name && row !== winner)
        expect(passedOver).toEqual(others.sort((a, b) => a.distance - b.distance))
      }
    }),
  )
})
