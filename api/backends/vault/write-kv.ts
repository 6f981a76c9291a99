import type { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type WriteOptions, type Written } from '../backend.ts'
import { wrapValue } from './managed-value.ts'
import { markAsOurs } from './mark.ts'
import { askKv2, notKv1, readKv1 } from './read-kv.ts'
import { type SecretPlace, dataOf } from './secret-place.ts'
import { type VaultAnswer, objectMember, textsMember, understand } from './vault-answer.ts'

/** Writes to key-value version 1, which has no compare-and-set: what is there is looked for first. */
export async function writeKv1(
  place: SecretPlace,
  value: SecretValue,
  { isNew, encoding, signal }: WriteOptions,
): Promise<Written> {
  if (isNew && (await readKv1(place, undefined, { signal }))) throw pathTaken()
  const answer = await post(place, wrapValue(value, encoding), { signal })
  if (answer.status === 404) throw notKv1(place.mount)
  if (answer.status === 400) throw notTaken()
  return {}
}

/** Writes a version to key-value version 2, and marks the secret as ours. */
export async function writeKv2(
  place: SecretPlace,
  value: SecretValue,
  options: WriteOptions,
): Promise<Written> {
  const data = wrapValue(value, options.encoding)
  let answer = await post(place, { data, ...(options.isNew && { options: { cas: 0 } }) }, options)
  if (isConflict(answer) && options.isNew) throw pathTaken()
  if (isConflict(answer)) {
    // The mount takes nothing without compare-and-set, so the version has to be named that is replaced.
    const cas = await currentVersion(place, options)
    answer = await post(place, { data, options: { cas } }, options)
  }
  if (answer.status === 400 || answer.status === 404) throw notTaken()
  const version = objectMember(answer.members, 'data')?.get('version')
  if (version === undefined) throw notKv2()
  await markAsOurs(place, options).catch((error: unknown) => {
    throw notMarked(error)
  })
  return { version }
}

async function post(
  place: SecretPlace,
  json: object,
  { signal }: Pick<WriteOptions, 'signal'>,
): Promise<VaultAnswer> {
  const segments = dataOf(place)
  const request = { method: 'POST', segments, json, kind: 'write', once: true } as const
  return understand(await place.client.request(request, { signal }), { refusals: [400, 404] })
}

const isConflict = ({ status, members }: VaultAnswer): boolean =>
  status === 400 && textsMember(members, 'errors').some((text) => text.includes('check-and-set'))

async function currentVersion(
  place: SecretPlace,
  options: Pick<WriteOptions, 'signal'>,
): Promise<number> {
  const { data } = await askKv2(place, undefined, options)
  return Number(objectMember(data, 'metadata')?.get('version') ?? 0)
}

const pathTaken = (): BackendFailure =>
  new BackendFailure('path_taken', 'Something is at this path in Vault already.', {
    hint: 'It may be a deleted secret, which can be undeleted; nothing is ever written over.',
    notSent: true,
  })

const notTaken = (): BackendFailure =>
  new BackendFailure('unreadable_answer', 'Vault did not take the value.', {
    hint: 'Check the limits of the mount, and that nobody else writes to this path.',
    notSent: true,
  })

/** Version 1 has taken for the secret what was meant to say how to write it. */
const notKv2 = (): BackendFailure =>
  new BackendFailure(
    'misconfigured',
    'Vault did not say which version it wrote: the mount is not key-value version 2.',
    { hint: 'Set kvVersion of the provider to 1, or allow its token to see the mount.' },
  )

/** The value is in Vault, so nobody may take this for a write that did not happen. */
function notMarked(error: unknown): unknown {
  if (!(error instanceof BackendFailure)) return error
  const { code, hint, retryAfterSeconds, cause } = error
  const message = `The value was written, but not marked as ours. ${error.message}`
  return new BackendFailure(code, message, { hint, retryAfterSeconds, cause })
}
