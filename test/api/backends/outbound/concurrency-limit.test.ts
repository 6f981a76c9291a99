import { expect, it } from 'vitest'
import { ConcurrencyLimit } from '../../../../api/backends/outbound/concurrency-limit.ts'

const { signal } = new AbortController()

/** A call that lasts until it is told to end. */
function heldCall() {
  let end: () => void = () => undefined
  const ended = new Promise<void>((done) => (end = done))
  return { run: () => ended, end: () => end() }
}

it('lets calls in one after another, in their order', async () => {
  const limit = new ConcurrencyLimit(1)
  const order: number[] = []
  const call = (number: number) =>
    limit.run(async () => {
      order.push(number)
      await Promise.resolve()
    }, signal)
  await Promise.all([1, 2, 3, 4].map(call))
  expect(order).toEqual([1, 2, 3, 4])
})

it('gives the place of a call that fails to the next', async () => {
  const limit = new ConcurrencyLimit(1)
  await expect(limit.run(() => Promise.reject(new Error('x')), signal)).rejects.toThrow('x')
  expect(await limit.run(() => Promise.resolve('in'), signal)).toBe('in')
})

it('gives no place to a caller that has gone', async () => {
  const limit = new ConcurrencyLimit(1)
  const first = heldCall()
  const running = limit.run(first.run, signal)
  const impatient = new AbortController()
  const gone = limit.run(() => Promise.resolve('never'), impatient.signal)
  impatient.abort(new Error('gone'))
  await expect(gone).rejects.toThrow('gone')
  first.end()
  await running
  expect(await limit.run(() => Promise.resolve('in'), signal)).toBe('in')
  await expect(limit.run(() => Promise.resolve('never'), impatient.signal)).rejects.toThrow('gone')
})
