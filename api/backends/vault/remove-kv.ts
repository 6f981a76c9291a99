import type { CallOptions, OwnOptions, RemoveOptions } from '../backend.ts'
import type { KvMetadata } from './kv-metadata.ts'
import { ownMetadata } from './mark.ts'
import { askKv2, currentVersion, destroyed, notKv1 } from './read-kv.ts'
import { type SecretPlace, dataOf } from './secret-place.ts'
import { objectMember, understand } from './vault-answer.ts'

/** Version 1 has no soft delete and keeps no marks. */
export async function removeKv1(
  place: SecretPlace,
  { forGood, signal }: RemoveOptions,
): Promise<void> {
  if (!forGood) return
  if ((await remove(place, dataOf(place), { signal })) === 404) throw notKv1(place.mount)
}

/** Deletes every version there is, or, for good, all of them and what is known about the secret. */
export async function removeKv2(place: SecretPlace, options: RemoveOptions): Promise<void> {
  const found = await ownMetadata(place, options)
  if (!found) return
  if (options.forGood) {
    await remove(place, place.metadata, options)
    return
  }
  // Of those that are deleted already Vault keeps the time.
  const versions =
    found === 'unknown'
      ? upTo(await currentVersion(place, options))
      : found.versions.map(({ number }) => number)
  await change('delete', place, versions, options)
}

/**
 * Undeletes the current version, and those that were deleted with it by `remove`. The time tells which
 * those are: one request deletes them all. It is that of the last deletion, since somebody else may
 * have deleted the current version earlier. Where the metadata may not be read nothing tells, and all
 * versions come back: rather one too many than not the one that counts.
 */
export async function restoreKv2(place: SecretPlace, options: OwnOptions): Promise<void> {
  const known = await ownMetadata(place, options)
  if (!known) return
  const { found, data } = await askKv2(place, undefined, options)
  if (found || !data) return
  const current = objectMember(data, 'metadata')
  if (current?.get('destroyed') === 'true') throw destroyed()
  const number = Number(current?.get('version'))
  const versions = known === 'unknown' ? upTo(number) : [...deletedLast(known), number]
  await change('undelete', place, [...new Set(versions)], options)
}

function deletedLast({ versions }: KvMetadata): readonly number[] {
  const last = Math.max(...versions.map(({ deletedAtMs = 0 }) => deletedAtMs))
  return versions
    .filter(({ deletedAtMs = 0 }) => deletedAtMs > last - 1000)
    .map(({ number }) => number)
}

/** Vault passes over numbers that it has no version for. */
const upTo = (current: number): readonly number[] =>
  Array.from({ length: current }, (_, at) => at + 1)

async function change(
  how: 'delete' | 'undelete',
  { client, mount, name }: SecretPlace,
  versions: readonly number[],
  { signal }: CallOptions,
): Promise<void> {
  if (versions.length === 0) return
  const segments = [...mount.segments, how, ...name]
  const request = { method: 'POST', segments, json: { versions }, kind: 'write' } as const
  understand(await client.request(request, { signal }), { refusals: [] })
}

async function remove(
  { client }: SecretPlace,
  segments: readonly string[],
  { signal }: CallOptions,
): Promise<number> {
  const answer = await client.request({ method: 'DELETE', segments, kind: 'write' }, { signal })
  return understand(answer, { refusals: [404] }).status
}
