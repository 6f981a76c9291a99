/** One line of the table. */
export interface Figure {
  /** What was measured, such as `one secret, 16 callers`. */
  readonly what: string
  readonly value: number
  readonly unit: 'ms' | 's' | 'KB' | 'MB' | 'per second' | 'times' | 'calls' | 'secrets' | 'files'
  /** What agyn-secrets promises of it; absent for a figure that only explains another. */
  readonly promise?: { readonly atMost: number } | { readonly atLeast: number }
}

/** In the place of lines that could not be measured beside those that could: a sentence that says why. */
export interface Missing {
  readonly missing: string
}

/** Measures, leaves nothing running, and answers its lines of the table. */
export type Bench = (workspace: Workspace) => Promise<readonly (Figure | Missing)[]>

/** What a bench needs is not on this machine. The message is a sentence that says what. */
export class Skipped extends Error {
  override readonly name = 'Skipped'
}

/** What a bench has started and made, to be taken away in reverse when it is over. */
export class Workspace {
  readonly #undo: (() => void | Promise<void>)[] = []

  /** Hands on `thing`, and remembers how to get rid of it. */
  owning<T>(thing: T, undo: (thing: T) => void | Promise<void>): T {
    this.#undo.push(() => undo(thing))
    return thing
  }

  async clear(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo()
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  const at = (index: number) => sorted[index] ?? NaN
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle))
}

/** The least of the values that so many percent of them do not exceed. */
export function percentile(percent: number, values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? NaN
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/**
 * Times each of `works` once a round, in turn, so that a busy moment of the machine falls on all of
 * them, and answers the medians. The first round warms up and does not count. A work may resolve to
 * a function that tidies up after it, outside its time and before the next one's.
 */
export async function interleaved<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, number>> {
  const timedWorks = Object.entries<() => Promise<unknown>>(works).map(([name, work]) => {
    const timedWork = async () => {
      let tidyUp: unknown
      const ms = await timed(async () => (tidyUp = await work()))
      if (typeof tidyUp === 'function') await tidyUp()
      return ms
    }
    return [name, timedWork]
  })
  return await inTurns(rounds, Object.fromEntries(timedWorks))
}

/** The same of works that measure by themselves, and resolve to what they have measured. */
export async function inTurns<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const all = Object.entries<() => Promise<number>>(works).map(([name, work]) => ({
    name,
    work,
    measured: [] as number[],
  }))
  for (let round = 0; round <= rounds; round++) {
    for (const { work, measured } of all) {
      const value = await work()
      if (round > 0) measured.push(value)
    }
  }
  const medians = all.map(({ name, measured }) => [name, median(measured)])
  return Object.fromEntries(medians) as Record<Name, number>
}
