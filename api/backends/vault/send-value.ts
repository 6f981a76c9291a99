import { BackendFailure, type CallOptions, type Written } from '../backend.ts'
import { notKv1 } from './read-kv.ts'
import { type SecretPlace, dataOf } from './secret-place.ts'
import { type VaultAnswer, objectMember, textsMember, understand } from './vault-answer.ts'

/** Sends a value to key-value version 1, over whatever is there. */
export async function sendToKv1(
  place: SecretPlace,
  data: object,
  options: CallOptions,
): Promise<void> {
  const { status } = await post(place, data, { ...options, refusals: [400, 404] })
  if (status === 404) throw notKv1(place.mount)
  if (status === 400) throw notTaken()
}

/** Sends to version 2 the version after `cas`; answers `null` when another is the newest by now. */
export async function sendToKv2(
  place: SecretPlace,
  data: object,
  cas: number,
  options: CallOptions,
): Promise<Written | null> {
  const json = { data, options: { cas } }
  const answer = await post(place, json, { ...options, refusals: [400, 404] })
  if (says(answer, 'check-and-set')) return null
  if (answer.status === 400 || answer.status === 404) throw notTaken()
  const version = objectMember(answer.members, 'data')?.get('version')
  if (version === undefined) throw noVersion()
  return { version }
}

/**
 * Version 1 would take for the secret what is meant to say how to write it. Where the server has not
 * said itself which version a mount is, an empty request makes it tell, since neither takes one.
 */
export async function requireKv2(place: SecretPlace, options: CallOptions): Promise<void> {
  if (place.mount.versionIsTold) return
  const answer = await post(place, {}, { ...options, refusals: [400, 403, 404] })
  if (says(answer, 'missing data fields')) throw notKv2()
}

async function post(
  place: SecretPlace,
  json: object,
  { signal, refusals }: CallOptions & { readonly refusals: readonly number[] },
): Promise<VaultAnswer> {
  const segments = dataOf(place)
  const request = { method: 'POST', segments, json, kind: 'write', once: true } as const
  return understand(await place.client.request(request, { signal }), { refusals })
}

const says = ({ status, members }: VaultAnswer, what: string): boolean =>
  status === 400 && textsMember(members, 'errors').some((text) => text.includes(what))

const notTaken = (): BackendFailure =>
  new BackendFailure('unreadable_answer', 'Vault did not take the value.', {
    hint: 'Check the limits of the mount, and that nobody else writes to this path.',
    notSent: true,
  })

const checkMount = 'Set kvVersion of the provider to 1, or allow its token to see the mount.'

const notKv2 = (): BackendFailure =>
  new BackendFailure('misconfigured', 'The mount is not key-value version 2.', {
    hint: checkMount,
    notSent: true,
  })

/** Something was stored, so this may not be taken for a refusal. */
const noVersion = (): BackendFailure =>
  new BackendFailure(
    'unreadable_answer',
    'Vault did not say which version it wrote: the mount may not be key-value version 2.',
    { hint: checkMount },
  )
