import { BackendFailure, type OwnOptions } from '../backend.ts'
import type { SecretPlace } from './secret-place.ts'
import { type Members, objectMember, textMember, understand } from './vault-answer.ts'

const ours = 'agyn-secrets'

/**
 * Marks in the metadata that a secret is ours, and which, so that it is told from what others made. A
 * policy that allows no metadata is no failure: then nothing is marked, and nothing can be told.
 */
export async function markAsOurs(
  { client, metadata }: SecretPlace,
  { owner, isNew, signal }: OwnOptions & { readonly isNew: boolean },
): Promise<void> {
  let others: Readonly<Record<string, string>> = {}
  if (!isNew) {
    const found = await customMetadata({ client, metadata }, { signal })
    if (found === 'nothing' || found === 'unknown' || found.has('managed-by')) return
    others = textsOf(found)
  }
  const json = { custom_metadata: { ...others, 'managed-by': ours, secret: owner } }
  const request = { method: 'POST', segments: metadata, json, kind: 'write' } as const
  understand(await client.request(request, { signal }), { refusals: [403] })
}

/**
 * Whether there is anything, deleted or not. Throws `not_ours` for what is not marked as this secret's;
 * what may not be asked is taken to be.
 */
export async function isThereAndOurs(
  place: SecretPlace,
  { owner, signal }: OwnOptions,
): Promise<boolean> {
  const found = await customMetadata(place, { signal })
  if (found === 'nothing') return false
  if (found === 'unknown') return true
  if (textMember(found, 'managed-by') === ours && textMember(found, 'secret') === owner) return true
  throw new BackendFailure(
    'not_ours',
    'What is at this path in Vault was not made by this secret.',
    {
      hint: 'Its custom metadata would say so. Remove it in Vault, if it is of no use to anybody.',
      notSent: true,
    },
  )
}

/** `unknown` when it may not be read. */
async function customMetadata(
  { client, metadata }: Pick<SecretPlace, 'client' | 'metadata'>,
  options: Pick<OwnOptions, 'signal'>,
): Promise<Members | 'nothing' | 'unknown'> {
  const answer = await client.request({ method: 'GET', segments: metadata }, options)
  const { status, members } = understand(answer, { refusals: [403, 404] })
  if (status === 403) return 'unknown'
  if (status === 404) return 'nothing'
  return objectMember(objectMember(members, 'data'), 'custom_metadata') ?? new Map()
}

const textsOf = (members: Members): Readonly<Record<string, string>> =>
  Object.fromEntries([...members.keys()].map((name) => [name, textMember(members, name) ?? '']))
