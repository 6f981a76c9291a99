import { BackendFailure } from './backend.ts'

/** What was promised; when that fails it is said that of the request it was to prepare nothing was sent. */
export async function beforeSending<T>(preparation: Promise<T>): Promise<T> {
  try {
    return await preparation
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error
    const { code, message, hint, retryAfterSeconds, cause } = error
    throw new BackendFailure(code, message, { hint, retryAfterSeconds, cause, notSent: true })
  }
}
