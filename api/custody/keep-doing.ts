const EVERY_MS = 5_000

/**
 * Does each of these now and every five seconds, one after the other, and answers how to stop, which
 * waits for what is under way. What fails is told to `onError`, and tried again the next time.
 */
export function keepDoing(
  tasks: readonly ((signal: AbortSignal) => Promise<unknown>)[],
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController()
  let working = Promise.resolve()
  let busy = false
  const again = () => {
    // A store that takes long is not waited for by more and more of these.
    if (busy) return
    busy = true
    working = (async () => {
      for (const task of tasks) {
        if (!stopping.signal.aborted) await task(stopping.signal).catch(onError)
      }
      busy = false
    })()
  }
  again()
  const timer = setInterval(again, EVERY_MS).unref()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await working
  }
}
