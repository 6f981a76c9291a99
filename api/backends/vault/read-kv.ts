import { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type CallOptions, type StoredSecret } from '../backend.ts'
import { type Members, objectMember, readAnswer, textMember } from './vault-answer.ts'
import type { Mount } from './mounts.ts'
import { type SecretPlace, dataOf } from './secret-place.ts'

/** What version 1 cannot give, or what version 2 answers: the mount may have been upgraded since it was learnt. */
export class NotKv1 extends BackendFailure {}

/** Reads from key-value version 1, which keeps no versions. Rejects with `NotKv1` where it seems to be another. */
export async function readKv1(
  place: SecretPlace,
  version: string | undefined,
  options: CallOptions,
): Promise<StoredSecret | null> {
  if (version !== undefined) {
    throw new NotKv1(
      'version_missing',
      'This mount is key-value version 1, which keeps no versions.',
      { hint: 'Leave the version out, or upgrade the mount to version 2.' },
    )
  }
  const segments = dataOf(place)
  const answer = await place.client.request({ method: 'GET', segments }, options)
  const { found, members } = readAnswer(answer)
  if (found) return { value: objectText(members, 'data'), shape: 'object' }
  if (saysVersioned(members)) throw notKv1(place.mount)
  return null
}

/** Whether a mount of version 2 says that it was taken for version 1. */
export const saysVersioned = (members: Members): boolean =>
  members.get('warnings')?.includes('versioned') ?? false

/** A mount of version 2 was taken for version 1. Nothing was done there. */
export const notKv1 = ({ versionIsSet }: Mount): NotKv1 =>
  versionIsSet
    ? new NotKv1(
        'path_invalid',
        'This mount is key-value version 2, but the provider is set to version 1.',
        { hint: 'Remove kvVersion from the provider, or set it to 2.', notSent: true },
      )
    : new NotKv1(
        'unreadable_answer',
        'This mount answers as key-value version 2, but Vault lists it as version 1.',
        { hint: 'If it is being upgraded, try again in a moment.', notSent: true },
      )

/** Reads from key-value version 2, the current version unless another is named. */
export async function readKv2(
  place: SecretPlace,
  version: string | undefined,
  options: CallOptions,
): Promise<StoredSecret | null> {
  const { found, data } = await askKv2(place, version, options)
  if (found) {
    const number = objectMember(data, 'metadata')?.get('version')
    return { version: number, value: objectText(data, 'data'), shape: 'object' }
  }
  // Version 2 deletes softly: a deleted version is 404 with metadata, so look there before saying "absent".
  if (data) throw deleted(data, version)
  if (version === undefined) return null

  // The same 404 says that the version is not there and that nothing is: the current version knows.
  const current = await askKv2(place, undefined, options)
  if (!current.data) return null
  const latest = objectMember(current.data, 'metadata')?.get('version')
  throw new BackendFailure(
    'version_missing',
    `There is no version ${version}; the current one is ${/^\d+$/.exec(latest ?? '')?.[0] ?? 'another'}.`,
    { hint: 'Vault keeps the last versions only, as many as max_versions says.' },
  )
}

/** What version 2 has: 404 with data says that it is deleted, without that it is not there. */
export async function askKv2(
  place: SecretPlace,
  version: string | undefined,
  options: CallOptions,
): Promise<{ found: boolean; data: Members | undefined }> {
  const request = {
    method: 'GET',
    segments: dataOf(place),
    query: version ? { version } : undefined,
  } as const
  const answer = readAnswer(await place.client.request(request, options))
  return { found: answer.found, data: objectMember(answer.members, 'data') }
}

/** Number of the newest version, deleted or not; zero when there is none. */
export async function currentVersion(place: SecretPlace, options: CallOptions): Promise<number> {
  const { data } = await askKv2(place, undefined, options)
  return Number(objectMember(data, 'metadata')?.get('version') ?? 0)
}

/** The exact JSON text of the object that a member holds. */
function objectText(members: Members | undefined, name: string): SecretValue {
  const source = members?.get(name)
  if (source?.startsWith('{')) return SecretValue.fromText(source)
  throw new BackendFailure('unreadable_answer', 'Vault answered, but without the secret.', {
    hint: 'Check that the mount is a key-value engine, and kvVersion where the provider sets it.',
  })
}

function deleted(data: Members, asked: string | undefined): BackendFailure {
  const metadata = objectMember(data, 'metadata')
  const which = asked === undefined ? 'The current version' : `Version ${asked}`
  if (metadata?.get('destroyed') === 'true') {
    return destroyed(which)
  }
  const time = textMember(metadata, 'deletion_time') ?? ''
  const when = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(time)
  return new BackendFailure(
    'version_deleted',
    `${which} was deleted${when ? ` at ${when[0]}Z` : ''}.`,
    {
      hint: 'Vault can undelete it (vault kv undelete), or name a version that is still there.',
    },
  )
}

export const destroyed = (which = 'The current version'): BackendFailure =>
  new BackendFailure('version_deleted', `${which} was destroyed, for good.`)
