import type { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type WriteOptions, type Written } from '../backend.ts'
import { beforeSending } from '../before-sending.ts'
import { type KvMetadata, readMetadata } from './kv-metadata.ts'
import { wrapValue } from './managed-value.ts'
import { isOfUs, mark, ownMetadata, unmark, whoseMark } from './mark.ts'
import { currentVersion, readKv1 } from './read-kv.ts'
import type { SecretPlace } from './secret-place.ts'
import { requireKv2, sendToKv1, sendToKv2 } from './send-value.ts'

/** Writes to key-value version 1, which has no compare-and-set: what is there is looked for first. */
export async function writeKv1(
  place: SecretPlace,
  value: SecretValue,
  { isNew, encoding, signal }: WriteOptions,
): Promise<Written> {
  if (isNew && (await readKv1(place, undefined, { signal }))) throw pathTaken()
  await sendToKv1(place, wrapValue(value, encoding), { signal })
  return {}
}

/**
 * Writes a version to key-value version 2, of a secret that is marked as ours. The mark comes first: a
 * value without one could not be told from what others have there, and would never be removed.
 */
export async function writeKv2(
  place: SecretPlace,
  value: SecretValue,
  options: WriteOptions,
): Promise<Written> {
  const data = wrapValue(value, options.encoding)
  if (options.isNew) return await writeFirst(place, data, options)
  // Once more when somebody has written in between, as long as the secret is still ours.
  for (let attempts = 0; attempts < 2; attempts += 1) {
    const current = await beforeSending(ownVersion(place, options))
    // Whoever took it away altogether, the value is needed.
    if (current === 0) return await writeFirst(place, data, options)
    const written = await sendToKv2(place, data, current, options)
    if (written) return written
  }
  throw overtaken()
}

/**
 * Makes a secret. A mark of ours without a version, of this owner or of one that was given up, is what
 * an earlier write has left that came no further, and is gone on with. Of each owner only one may be at it: the caller sees to that in this
 * process, the database among processes.
 */
async function writeFirst(
  place: SecretPlace,
  data: object,
  options: WriteOptions,
): Promise<Written> {
  const notes = await beforeSending(requireFree(place, options))
  await beforeSending(requireKv2(place, options))
  try {
    if (notes) await beforeSending(mark(place, notes, options))
    const written = await sendToKv2(place, data, 0, options)
    if (!written) throw pathTaken()
    return written
  } catch (error) {
    // It would call ours what somebody else was quicker to store, or keep the path from everybody else.
    if (notes && isRefusal(error)) await unmark(place, options).catch(() => undefined)
    throw error
  }
}

/**
 * Rejects with `path_taken` unless nothing is there. Answers what others have noted there, when it is
 * to be marked: not what is ours already, nor where the policy allows no metadata.
 */
async function requireFree(
  place: SecretPlace,
  options: WriteOptions,
): Promise<KvMetadata['custom'] | undefined> {
  const found = await readMetadata(place, options)
  if (found === 'unknown') return undefined
  const whose = whoseMark(found, options.owner)
  if (found.current > 0 || (whose === 'theirs' && !isOfUs(found))) throw pathTaken()
  return whose === 'ours' ? undefined : found.custom
}

/** The newest version of what is ours; zero when there is none. */
async function ownVersion(place: SecretPlace, options: WriteOptions): Promise<number> {
  const found = await ownMetadata(place, options)
  return found === 'unknown' ? await currentVersion(place, options) : (found?.current ?? 0)
}

/** Vault has certainly stored nothing. */
const isRefusal = (error: unknown): boolean =>
  error instanceof BackendFailure &&
  (error.notSent || error.code === 'forbidden' || error.code === 'throttled')

const pathTaken = (): BackendFailure =>
  new BackendFailure('path_taken', 'Something is at this path in Vault already.', {
    hint: 'It may be a deleted secret, which can be undeleted; nothing is ever written over.',
    notSent: true,
  })

const overtaken = (): BackendFailure =>
  new BackendFailure('throttled', 'Somebody else writes to this path in Vault at the same time.', {
    notSent: true,
  })
