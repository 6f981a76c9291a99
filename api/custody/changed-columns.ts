import type { Secret } from '../database/gen/client.ts'
import { nextRotation } from './next-rotation.ts'

/** Columns of a secret that a request may change along with its value. Times are texts, as it sent them. */
export interface SecretColumns {
  readonly name?: string
  readonly scopeId?: string
  readonly category?: Secret['category']
  readonly description?: string | null
  readonly expiresAt?: string | null
  readonly rotateEvery?: string | null
}

/**
 * The columns as a change makes them. The interval, an old one or a new, counts from when the value was
 * last set.
 *
 * @param options.isNewValue - it is set now
 */
export function changedColumns(
  before: Pick<Secret, 'rotateEvery' | 'rotatedAt'>,
  { expiresAt, rotateEvery = before.rotateEvery, ...columns }: SecretColumns,
  { isNewValue }: { readonly isNewValue: boolean },
) {
  const rotatedAt = isNewValue ? new Date() : before.rotatedAt
  return {
    ...columns,
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt && new Date(expiresAt) }),
    ...{ rotateEvery, rotatedAt, rotateAt: nextRotation(rotatedAt, rotateEvery) },
  }
}
