import type { OwnOptions, RemoveOptions } from '../backend.ts'
import { isThereAndOurs } from './mark.ts'
import { askKv2, destroyed, notKv1 } from './read-kv.ts'
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

/** Deletes the current version, or, for good, all of them and what is known about the secret. */
export async function removeKv2(place: SecretPlace, options: RemoveOptions): Promise<void> {
  if (!(await isThereAndOurs(place, options))) return
  await remove(place, options.forGood ? place.metadata : dataOf(place), options)
}

/** Undeletes the current version. */
export async function restoreKv2(place: SecretPlace, options: OwnOptions): Promise<void> {
  if (!(await isThereAndOurs(place, options))) return
  const { found, data } = await askKv2(place, undefined, options)
  if (found || !data) return
  const metadata = objectMember(data, 'metadata')
  if (metadata?.get('destroyed') === 'true') throw destroyed()
  const { mount, name, client } = place
  const segments = [...mount.segments, 'undelete', ...name]
  const json = { versions: [Number(metadata?.get('version'))] }
  const request = { method: 'POST', segments, json, kind: 'write' } as const
  understand(await client.request(request, options), { refusals: [] })
}

async function remove(
  { client }: SecretPlace,
  segments: readonly string[],
  { signal }: Pick<OwnOptions, 'signal'>,
): Promise<number> {
  const answer = await client.request({ method: 'DELETE', segments, kind: 'write' }, { signal })
  return understand(answer, { refusals: [404] }).status
}
