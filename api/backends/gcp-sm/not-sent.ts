import { BackendFailure } from '../backend.ts'

/** The same failure, of something that came before the request itself: however it failed, that was not sent. */
export function asNotSent(error: unknown): unknown {
  if (!(error instanceof BackendFailure)) return error
  const { code, message, hint, retryAfterSeconds, cause } = error
  return new BackendFailure(code, message, { hint, retryAfterSeconds, cause, notSent: true })
}
