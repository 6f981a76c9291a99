import { sweep, type SweepOptions } from './sweep.ts'

const HOUR_MS = 60 * 60 * 1000

/**
 * Sweeps now and every hour, and answers how to stop, which waits for the batch under way. A sweep that
 * fails is told to `onError` and tried again an hour later.
 */
export function keepSweeping(
  options: Omit<SweepOptions, 'signal'>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController()
  let sweeping = Promise.resolve()
  const again = () => {
    sweeping = sweeping.then(() => sweep({ ...options, signal: stopping.signal })).catch(onError)
  }
  again()
  const timer = setInterval(again, HOUR_MS).unref()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await sweeping
  }
}
