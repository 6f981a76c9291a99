import type { FailureCode } from '../../contract/problems.ts'
import { BackendFailure } from '../backends/backend.ts'
import type { SecretVersion } from '../database/gen/client.ts'
import type { SecretValue } from '../keyring/secret-value.ts'
import { within } from '../deadline.ts'
import { asBackendFailure } from '../resolver/as-backend-failure.ts'
import type { Keeper } from './keeper.ts'
import { READ_BACK_MS, WRITE_MS } from './times.ts'

/** How it went with a write: it was made, certainly was not, or nobody knows. */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly storeVersion: string | undefined }
  | { readonly kind: 'refused'; readonly failure: BackendFailure }
  | { readonly kind: 'uncertain'; readonly failure: BackendFailure }

export interface WriteOptions {
  /** Nothing of ours is at the path yet. */
  readonly isNew: boolean
}

/**
 * Writes the value of a pending version to its store. It is not given up when its caller goes away: it
 * would be uncertain for nothing.
 */
export async function writeValue(
  keeper: Keeper,
  version: SecretVersion,
  value: SecretValue,
  { isNew }: WriteOptions,
): Promise<WriteOutcome> {
  const path = version.path ?? ''
  const options = { isNew, owner: version.secretId, encoding: version.encoding ?? 'utf8' }
  let failure: BackendFailure
  try {
    const backend = await keeper.open()
    const { version: storeVersion } = await within(WRITE_MS, (signal) =>
      backend.write(path, value, { ...options, signal }),
    )
    return { kind: 'written', storeVersion }
  } catch (error) {
    failure = asBackendFailure(error)
  }
  const certain = failure.notSent || !mayHaveHappened.has(failure.code)
  return { kind: certain ? 'refused' : 'uncertain', failure }
}

/** The store answered nothing that says what it did. */
const mayHaveHappened: ReadonlySet<FailureCode> = new Set([
  'unreachable',
  'timeout',
  'unreadable_answer',
  'too_large', // its answer, not the value: that is refused before it is sent
])

/**
 * Reads back what was written, and makes sure that it is the same. Rejects with a `BackendFailure`
 * when it is not, or cannot be read.
 */
export async function readBack(
  keeper: Keeper,
  version: SecretVersion,
  storeVersion: string | undefined,
  value: SecretValue,
): Promise<void> {
  const backend = await keeper.open()
  const stored = await within(READ_BACK_MS, (signal) =>
    backend.read(version.path ?? '', { managed: true, version: storeVersion, signal }),
  )
  if (stored?.value.reveal().equals(value.reveal())) return
  throw new BackendFailure(
    'unreadable_answer',
    'What the store gives back is not what was written there.',
    { hint: 'Does something else write to the same paths?' },
  )
}
