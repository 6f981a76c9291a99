import { describe, expect, it } from 'vitest'
import { batched } from '../../../api/database/batch.ts'

/** Runs that end when the test says so. */
function runs() {
  const started: { items: readonly number[]; end: (error?: Error) => void }[] = []
  const run = (items: readonly number[]) =>
    new Promise<readonly number[]>((resolve, reject) => {
      const end = (error?: Error) =>
        error ? reject(error) : resolve(items.map((item) => item * 10))
      started.push({ items, end })
    })
  return { started, run }
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

describe('batched', () => {
  it('joins what comes at once, and answers each caller with his own', async () => {
    const { started, run } = runs()
    const call = batched(run, { size: 10, concurrency: 1 })
    const answers = Promise.all([call(1), call(2), call(3)])
    await turn()
    expect(started.map(({ items }) => items)).toEqual([[1, 2, 3]])
    started[0]?.end()
    expect(await answers).toEqual([10, 20, 30])
  })

  it('keeps to its size and its concurrency', async () => {
    const { started, run } = runs()
    const call = batched(run, { size: 2, concurrency: 2 })
    const answers = Promise.all([1, 2, 3, 4, 5].map(call))
    await turn()
    expect(started.map(({ items }) => items)).toEqual([
      [1, 2],
      [3, 4],
    ])
    started[1]?.end()
    await turn()
    expect(started.at(-1)?.items).toEqual([5])
    started[0]?.end()
    started[2]?.end()
    expect(await answers).toEqual([10, 20, 30, 40, 50])
  })

  it('never answers with what was found out before the question', async () => {
    const { started, run } = runs()
    const call = batched(run, { size: 10, concurrency: 1 })
    const first = call(1)
    await turn()
    const second = call(1)
    await turn()
    expect(started).toHaveLength(1)
    started[0]?.end()
    await first
    await turn()
    expect(started).toHaveLength(2)
    started[1]?.end()
    expect(await second).toBe(10)
  })

  it('refuses all callers of a run that fails, and goes on', async () => {
    const { started, run } = runs()
    const call = batched(run, { size: 10, concurrency: 1 })
    const failing = Promise.allSettled([call(1), call(2)])
    await turn()
    const next = call(3)
    started[0]?.end(new Error('gone'))
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await turn()
    started[1]?.end()
    expect(await next).toBe(30)
  })
})
