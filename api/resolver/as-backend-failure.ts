import { BackendFailure } from '../backends/backend.ts'
import { SealBroken } from '../keyring/seal.ts'

/** A row that was tampered with is a reason like any other, and is named like one. What is no reason is thrown. */
export function asBackendFailure(error: unknown): BackendFailure {
  if (error instanceof BackendFailure) return error
  if (!(error instanceof SealBroken)) throw error
  return new BackendFailure(
    'secret_unreadable',
    'What is stored here does not open: it was changed outside the API, or sealed with another key. Write it anew, or restore the database.',
    { cause: error },
  )
}
