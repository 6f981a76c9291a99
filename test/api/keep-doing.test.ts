import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepDoing } from '../../api/keep-doing.ts'

const EVERY_MS = 1000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('keepDoing', () => {
  it('does all at once, and again every so often until it is stopped', async () => {
    const done: string[] = []
    const task = (name: string) => () => Promise.resolve(done.push(name))
    const stop = keepDoing([task('a'), task('b')], { everyMs: EVERY_MS, onError })
    await vi.advanceTimersByTimeAsync(0)
    expect(done).toEqual(['a', 'b'])
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(done).toEqual(['a', 'b', 'a', 'b'])
    await stop()
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    expect(done).toHaveLength(4)
  })

  it('tells of what fails, goes on with the rest, and tries it again', async () => {
    const full = new Error('disk full')
    const errors: unknown[] = []
    const other = vi.fn(() => Promise.resolve())
    const stop = keepDoing([() => Promise.reject(full), other], {
      everyMs: EVERY_MS,
      onError: (error) => errors.push(error),
    })
    await vi.advanceTimersByTimeAsync(EVERY_MS)
    await stop()
    expect(errors).toEqual([full, full])
    expect(other).toHaveBeenCalledTimes(2)
  })

  it('begins nothing while it is still at it, and waits for that when it is stopped', async () => {
    let finish = () => {}
    const slow = new Promise<void>((resolve) => (finish = resolve))
    const begun: AbortSignal[] = []
    const task = (signal: AbortSignal) => {
      begun.push(signal)
      return slow
    }
    const next = vi.fn(() => Promise.resolve())
    const stop = keepDoing([task, next], { everyMs: EVERY_MS, onError })
    await vi.advanceTimersByTimeAsync(3 * EVERY_MS)
    expect(begun).toHaveLength(1)
    let isStopped = false
    const stopped = stop().then(() => (isStopped = true))
    await vi.advanceTimersByTimeAsync(0)
    expect([begun[0]?.aborted, isStopped]).toEqual([true, false])
    finish()
    await stopped
    expect(next).not.toHaveBeenCalled()
  })
})

const onError = (error: unknown) => {
  throw error
}
