import { BackendFailure } from './backend.ts'

/**
 * What a call brings that others may be waiting for as well, or `timeout` as soon as the signal of
 * this one is aborted; the call goes on for the others. Nothing is begun once it is aborted.
 */
export async function unlessAborted<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw gaveUp()
  // Of our own, as many may wait on one caller's signal.
  const own = AbortSignal.any([signal])
  return await new Promise((resolve, reject) => {
    own.addEventListener('abort', () => reject(gaveUp()), { once: true })
    call().then(resolve, reject)
  })
}

/** What is waited for comes before the request, such as a token for it. */
const gaveUp = (): BackendFailure =>
  new BackendFailure('timeout', 'The store did not answer within the time this request had.', {
    notSent: true,
  })
