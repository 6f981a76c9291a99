import { AppError } from '../errors.ts'
import type { SecretVersion } from '../database/gen/client.ts'
import type { OrganizationKeys } from '../keyring/organization-keys.ts'
import type { SecretValue } from '../keyring/secret-value.ts'
import { asBackendFailure } from '../resolver/as-backend-failure.ts'
import type { Keeper } from './keeper.ts'
import { findWritten } from './find-written.ts'
import { commitWrite, undoWrite, type Recording } from './settle-write.ts'
import { refusalOf, uncertain } from './write-failed.ts'
import { readBack, writeValue } from './write-value.ts'

/** A write that has been written down as pending, and what it takes to make it. */
export interface Writing {
  readonly keeper: Keeper
  readonly keys: OrganizationKeys
  readonly version: SecretVersion
  readonly value: SecretValue
  readonly secretName: string
  /** Nothing of ours is at the path yet. */
  readonly isNew: boolean
  /** The value comes from another place, which is left only when it has arrived. */
  readonly isMove: boolean
}

/**
 * Writes a pending version to its store and settles it, one way or the other. When the store leaves it
 * open, so does this: it stays pending, and is settled later. Rejects with what the caller is told.
 */
export async function carryOut(recording: Recording, writing: Writing): Promise<void> {
  const { keeper, version, value, secretName, isNew } = writing
  const about = { secretId: version.secretId, secretName, path: version.path ?? '', keeper }
  let outcome = await writeValue(keeper, version, value, { isNew })
  if (outcome.kind === 'uncertain') {
    const found = await findWritten(keeper, writing.keys, version).catch(() => undefined)
    if (!found) throw uncertain(outcome.failure, about)
    outcome = { kind: 'written', storeVersion: found.storeVersion }
  }
  if (outcome.kind === 'refused') {
    await undoWrite(recording, version, 'none')
    throw refusalOf(outcome.failure, about)
  }
  const { storeVersion } = outcome
  try {
    if (writing.isMove) await readBack(keeper, version, storeVersion, value)
  } catch (error) {
    const failure = asBackendFailure(error)
    await undoWrite(recording, version, 'left')
    throw refusalOf(failure, about)
  }
  try {
    await commitWrite(recording, version, storeVersion)
  } catch (error) {
    // A refusal is final. When the database did not answer, what was written stays pending.
    if (error instanceof AppError) await undoWrite(recording, version, 'left')
    throw error
  }
}
