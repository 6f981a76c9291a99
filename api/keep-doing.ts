export interface KeepDoingOptions {
  readonly everyMs: number
  /** Is told what fails; it is tried again the next time. */
  readonly onError: (error: unknown) => void
}

/**
 * Does each of these now and every so often, one after the other, and answers how to stop, which waits
 * for what is under way.
 */
export function keepDoing(
  tasks: readonly ((signal: AbortSignal) => Promise<unknown>)[],
  { everyMs, onError }: KeepDoingOptions,
): () => Promise<void> {
  const stopping = new AbortController()
  let working = Promise.resolve()
  let busy = false
  const doAll = async () => {
    try {
      for (const task of tasks) {
        if (!stopping.signal.aborted) await task(stopping.signal).catch(onError)
      }
    } finally {
      busy = false
    }
  }
  const again = () => {
    // What takes long, as a slow store, is not waited for by more and more of these.
    if (busy) return
    busy = true
    working = doAll()
  }
  again()
  const timer = setInterval(again, everyMs).unref()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await working
  }
}
