import { setMaxListeners } from 'node:events'

/** A signal with an end to the time it gives. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Call it when the work is done: until then a timer runs. */
  clear(): void
}

/**
 * A signal that is aborted after so long, and when `also` is. Made by hand, because in Node 20
 * `AbortSignal.any` can lose an `AbortSignal.timeout` to garbage collection, and then nothing ever ends:
 * https://github.com/nodejs/node/issues/57736
 */
export function deadline(ms: number, also?: AbortSignal, timer: Timer = systemTimer): Deadline {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal) // all reads of a workload listen to one, and Node warns of the eleventh
  const cancel = timer.after(ms, () => controller.abort(timeIsOver()))
  const onAbort = () => controller.abort(also?.reason)
  if (also?.aborted) onAbort()
  else also?.addEventListener('abort', onAbort, { once: true })
  return {
    signal: controller.signal,
    clear() {
      cancel()
      also?.removeEventListener('abort', onAbort)
    },
  }
}

/** Does something within so long. It is for `work` to stop when its signal is aborted. */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  also?: AbortSignal,
): Promise<T> {
  const { signal, clear } = deadline(ms, also)
  try {
    return await work(signal)
  } finally {
    clear()
  }
}

/** What a signal is aborted with when the time is over. Whoever just goes away gives another reason. */
export const timeIsOver = (): DOMException => new DOMException('The time is over.', 'TimeoutError')

/** Whether a signal was aborted before the time was over, by one who no longer wants an answer. */
export const wentAway = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && !(reason instanceof Error && reason.name === 'TimeoutError')

export interface Timer {
  /** Calls back after a while, unless the function it answers is called first. */
  after(delayMs: number, callback: () => void): () => void
}

export const systemTimer: Timer = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
