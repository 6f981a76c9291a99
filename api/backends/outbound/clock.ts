import { systemTimer, type Timer } from '../../deadline.ts'

/** Time, given from outside so that tests need not wait for it. */
export interface Clock extends Timer {
  /** Milliseconds that only ever grow; not the time of day. */
  now(): number
}

export const systemClock: Clock = { ...systemTimer, now: () => performance.now() }

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const onAbort = () => {
      cancel()
      reject(signal.reason as Error)
    }
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
