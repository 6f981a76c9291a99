import { expect, it } from 'vitest'
import { planLabels } from '../../../../api/backends/aws-sm/version-labels.ts'

it('numbers the versions, and labels the first one late', () => {
  expect(planLabels({ first: ['AWSCURRENT'] })).toEqual({
    next: 'agyn-2',
    missing: { versionId: 'first', label: 'agyn-1' },
    outdated: [],
  })
})

it('goes on from the newest, whatever others have attached', () => {
  const labels = { a: ['agyn-1', 'AWSPREVIOUS'], b: ['AWSCURRENT', 'agyn-12', 'agyn-x', 'mine'] }
  expect(planLabels(labels)).toEqual({ next: 'agyn-13', missing: undefined, outdated: [] })
})

it('keeps ten, the next one among them', () => {
  const labels = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`v${at + 1}`, [`agyn-${at + 1}`]]),
  )
  labels['v12']?.push('AWSCURRENT')
  expect(planLabels(labels).outdated).toEqual(
    [3, 2, 1].map((at) => ({ versionId: `v${at}`, label: `agyn-${at}` })),
  )
})

it('begins with one where there is nothing', () => {
  expect(planLabels({})).toEqual({ next: 'agyn-1', missing: undefined, outdated: [] })
})
