import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackendHarness, Keeps, Means } from './backend-harness.ts'
import { faults } from './cases/faults.ts'
import { listing } from './cases/listing.ts'
import { reading } from './cases/reading.ts'
import { refusals } from './cases/refusals.ts'
import { removing } from './cases/removing.ts'
import { type Case, type Suite, suiteOf } from './cases/suite.ts'
import { versions } from './cases/versions.ts'
import { writing } from './cases/writing.ts'

export type { BackendHarness } from './backend-harness.ts'
export { codeOf, failureOf } from './failure-of.ts'

const cases = {
  ...reading,
  ...versions,
  ...writing,
  ...removing,
  ...listing,
  ...refusals,
  ...faults,
}

export interface StoreUnderTest {
  readonly keeps: Keeps
  /** Guarantees that cannot be shown on this server, each with the reason. Nothing else is left out. */
  readonly cannot?: Readonly<Partial<Record<keyof typeof cases, string>>>
  start(): Promise<BackendHarness>
}

/** The guarantees that every backend gives, with every way to log in. */
export function describeBackend(name: string, { keeps, cannot = {}, start }: StoreUnderTest): void {
  describe(name, () => {
    let suite: Suite
    beforeAll(async () => {
      const store = await start()
      suite = suiteOf(store, keeps, await store.open())
    })
    afterAll(async () => {
      await suite.backend.close()
      await suite.store.close()
    })

    for (const [title, { needs, by, run }] of Object.entries<Case>(cases)) {
      const lacking = needs && !keeps[needs] ? reasons[needs] : undefined
      const reason = cannot[title as keyof typeof cases] ?? lacking
      if (reason !== undefined) {
        it.skip(`${title}: cannot be shown, because ${reason}`)
        continue
      }
      it(title, async () => {
        expect(by === undefined || by in suite.store, wanting(by)).toBe(true)
        await run(suite)
      })
    }

    it('leaves out only what cannot be shown', () => {
      for (const title of Object.keys(cannot) as (keyof typeof cases)[]) {
        const { needs, by }: Case = cases[title]
        expect(needs && !keeps[needs], `${title} is left out anyway`).not.toBe(true)
        expect(by !== undefined && by in suite.store, `${title} could be shown`).toBe(false)
      }
      expect(suite.backend.batch !== undefined).toBe(keeps.batch ?? false)
    })
  })
}

const reasons: Readonly<Record<NonNullable<Case['needs']>, string>> = {
  versions: 'the store keeps no versions',
  softDelete: 'the store has no soft delete',
  marks: 'the store keeps no marks',
  separateMarks: 'the store takes a value with its mark, or neither',
  binary: 'the store keeps text alone',
  folders: 'the store has no folders',
  batch: 'the store answers one read in one call',
}

const wanting = (by: keyof Means | undefined): string =>
  `Give the harness a way: ${by}; or say in \`cannot\` why there is none.`
