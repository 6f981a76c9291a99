import { BackendFailure, type OwnOptions } from '../backend.ts'
import { type KvMetadata, readMetadata, writeMetadata } from './kv-metadata.ts'
import type { SecretPlace } from './secret-place.ts'

/**
 * Marks in its custom metadata that a secret is ours, and which, so that it is told from what others
 * made. A policy that allows no metadata is no failure: then nothing is marked, and
 * nothing can be told.
 */
export async function mark(
  place: SecretPlace,
  notes: KvMetadata['custom'],
  options: OwnOptions,
): Promise<void> {
  await writeMetadata(place, { ...notes, ...markOf(options.owner) }, options)
}

/** Takes this owner's mark off again. */
export async function unmark(place: SecretPlace, options: OwnOptions): Promise<void> {
  const found = await readMetadata(place, options)
  if (found === 'unknown' || whoseMark(found, options.owner) !== 'ours') return
  const { 'managed-by': _, secret: __, ...others } = found.custom
  await writeMetadata(place, others, options)
}

export function whoseMark(
  { custom }: Pick<KvMetadata, 'custom'>,
  owner: string,
): 'ours' | 'theirs' | 'none' {
  const ours = Object.entries(markOf(owner))
  if (ours.every(([name, value]) => custom[name] === value)) return 'ours'
  return ours.some(([name]) => name in custom) ? 'theirs' : 'none'
}

/** Whether a secret of ours left the mark, whichever it was. */
export const isOfUs = ({ custom }: Pick<KvMetadata, 'custom'>): boolean =>
  custom['managed-by'] === MANAGED_BY

/**
 * What is known of a secret that is this owner's, `null` when nothing is there. What may not be asked
 * is taken to be ours, and so is what has no mark where we may set none. Rejects with `not_ours` for
 * anything else.
 */
export async function ownMetadata(
  place: SecretPlace,
  { owner, signal }: OwnOptions,
): Promise<KvMetadata | 'unknown' | null> {
  const found = await readMetadata(place, { signal })
  if (found === 'unknown') return found
  const whose = whoseMark(found, owner)
  if (whose === 'ours') return found
  if (whose === 'none') {
    if (found.current === 0) return null
    const mayMark = await writeMetadata(place, undefined, { signal })
    if (!mayMark) return found
  }
  throw new BackendFailure(
    'not_ours',
    'What is at this path in Vault was not made by this secret.',
    {
      hint: 'Its custom metadata would say so: managed-by and secret. Remove it in Vault, if it is of no use to anybody.',
      notSent: true,
    },
  )
}

const MANAGED_BY = 'agyn-secrets'

const markOf = (owner: string) => ({ 'managed-by': MANAGED_BY, secret: owner })
