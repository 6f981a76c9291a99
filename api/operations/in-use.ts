import { InUse } from '../errors.ts'
import type { Reference } from '../../contract/problems.ts'

/** Things of one kind that stand in the way of a deletion. */
export interface InTheWay {
  /** As it is called in the answer: `secret_provider`. */
  readonly kind: string
  /** As a sentence calls one of it: `secret provider`. */
  readonly noun: string
  readonly count: number
  /** Some of them. */
  readonly some: readonly Omit<Reference, 'kind'>[]
}

/** How many references a refusal names. */
export const NAMED = 10

/** The oldest, of what a refusal names. */
export const aFew = {
  select: { id: true, name: true },
  orderBy: { id: 'asc' },
  take: NAMED,
} as const

/**
 * Refuses a deletion while anything refers to the thing.
 *
 * @param sentence - says how many stand in the way, and what to do; given `2 secrets`, and whether it is one
 */
export function refuseWhileInUse(
  inTheWay: readonly InTheWay[],
  sentence: (what: string, one: boolean) => string,
): void {
  const count = inTheWay.reduce((sum, each) => sum + each.count, 0)
  if (count === 0) return
  const what = inTheWay.filter((each) => each.count > 0).map(describeCount)
  const references = inTheWay.flatMap(({ kind, some }): Reference[] =>
    some.map((each) => ({ ...each, kind })),
  )
  throw new InUse(sentence(what.join(', '), count === 1), count, references.slice(0, NAMED))
}

const describeCount = ({ count, noun }: InTheWay): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`
