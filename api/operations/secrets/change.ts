import type { Input } from '../../../contract/schemas/index.ts'
import type { Secret } from '../../database/gen/client.ts'
import { Refused } from '../../errors.ts'
import type { SecretChange } from './plan-secret-change.ts'

/** The fields of a secret that an update may change. */
export type SecretPatch = Input<'UpdateSecret'>['body']

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
