import { expect } from 'vitest'
import type { BackendFailure } from '../../../api/backends/backend.ts'
import type { FailureCode } from '../../../contract/problems.ts'

/** How a call fails; the test fails when it does not. */
export async function failureOf(call: Promise<unknown>): Promise<BackendFailure> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  )
  expect(outcome).toMatchObject({ name: 'BackendFailure' })
  return outcome as BackendFailure
}

export const codeOf = async (call: Promise<unknown>): Promise<FailureCode> =>
  (await failureOf(call)).code
