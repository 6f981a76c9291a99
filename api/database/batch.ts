export interface BatchOptions {
  /** Items of one run at most. */
  readonly size: number
  /** Runs side by side at most. */
  readonly concurrency: number
}

/**
 * Joins calls that come while others are under way into one run, so that many callers cost one
 * round trip. A run holds only items that came before it began, so nobody gets an answer that is
 * older than his question. When a run fails, each of its callers is refused with its error.
 */
export function batched<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { size, concurrency }: BatchOptions,
): (item: Item) => Promise<Answer> {
  interface Waiting {
    readonly item: Item
    readonly resolve: (answer: Answer) => void
    readonly reject: (error: unknown) => void
  }
  const waiting: Waiting[] = []
  let running = 0
  let scheduled = false

  const schedule = () => {
    if (scheduled || running >= concurrency || waiting.length === 0) return
    scheduled = true
    // After the input that has already arrived, so that a burst becomes one run.
    setImmediate(() => {
      scheduled = false
      void start()
    })
  }

  const start = async () => {
    const batch = waiting.splice(0, size)
    running++
    schedule()
    try {
      const answers = await run(batch.map(({ item }) => item))
      batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer))
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      running--
      schedule()
    }
  }

  return (item) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      schedule()
    })
}
