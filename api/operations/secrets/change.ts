import type { Secret } from '../../database/gen/client.ts'
import { Refused } from '../../errors.ts'
import type { SecretChange } from './plan-secret-change.ts'
import type { SecretPatch } from './secret-columns.ts'

/** A change under way: what the secret was when it was looked at, and what it is to be. */
export interface Change {
  readonly before: Secret
  readonly body: SecretPatch
  readonly planned: SecretChange
}

export const changedMeanwhile = () =>
  new Refused(
    'precondition_failed',
    'The secret was changed by another request while its stores were asked. Read it again, and repeat the change if it still applies.',
  )
