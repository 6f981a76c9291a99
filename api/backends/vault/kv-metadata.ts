import { BackendFailure, type CallOptions } from '../backend.ts'
import type { SecretPlace } from './secret-place.ts'
import { type Members, objectMember, textMember, understand } from './vault-answer.ts'

/** What version 2 knows of a secret beside its values. */
export interface KvMetadata {
  /** Number of the newest version, deleted or not; zero when there has been none. */
  readonly current: number
  readonly versions: readonly KvVersion[]
  readonly custom: Readonly<Record<string, string>>
}

export interface KvVersion {
  readonly number: number
  /** When it was deleted, or will be; `undefined` when neither. */
  readonly deletedAtMs: number | undefined
  readonly isDestroyed: boolean
}

/** Answers as if of an empty secret when there is none; `unknown` when it may not be read. */
export async function readMetadata(
  { client, metadata }: SecretPlace,
  { signal }: CallOptions,
): Promise<KvMetadata | 'unknown'> {
  const answer = await client.request({ method: 'GET', segments: metadata }, { signal })
  const { status, members } = understand(answer, { refusals: [403, 404] })
  if (status === 403) return 'unknown'
  if (status === 404) return { current: 0, versions: [], custom: {} }
  const data = objectMember(members, 'data')
  const current = Number(data?.get('current_version'))
  if (!Number.isSafeInteger(current)) throw notMetadata()
  const versions = objectMember(data, 'versions')
  const custom = objectMember(data, 'custom_metadata')
  return {
    current,
    versions: [...(versions?.keys() ?? [])].map((number) => ({
      number: Number(number),
      ...versionOf(objectMember(versions, number)),
    })),
    custom: Object.fromEntries(
      [...(custom?.keys() ?? [])].map((name) => [name, textMember(custom, name) ?? '']),
    ),
  }
}

/**
 * Replaces the custom metadata, or changes nothing when none is given. Answers whether the policy
 * allows it.
 */
export async function writeMetadata(
  { client, metadata }: SecretPlace,
  custom: KvMetadata['custom'] | undefined,
  { signal }: CallOptions,
): Promise<boolean> {
  const json = custom ? { custom_metadata: custom } : {}
  const request = { method: 'POST', segments: metadata, json, kind: 'write' } as const
  const { status } = understand(await client.request(request, { signal }), { refusals: [403] })
  return status !== 403
}

function versionOf(members: Members | undefined): Omit<KvVersion, 'number'> {
  const time = Date.parse(textMember(members, 'deletion_time') ?? '')
  return {
    deletedAtMs: Number.isNaN(time) ? undefined : time,
    isDestroyed: members?.get('destroyed') === 'true',
  }
}

const notMetadata = (): BackendFailure =>
  new BackendFailure(
    'unreadable_answer',
    'Vault answered, but not with the metadata of a secret.',
    {
      hint: 'Check that the mount is key-value version 2, and kvVersion where the provider sets it.',
    },
  )
