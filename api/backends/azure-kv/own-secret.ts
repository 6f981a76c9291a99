import type { SecretProperties } from '@azure/keyvault-secrets'
import { BackendFailure, type CallOptions } from '../backend.ts'
import type { KeyVaultClient } from './key-vault-client.ts'
import { isRefusal } from './key-vault-refusal.ts'

/** Says that a value of ours is bytes, and kept in base64 since a vault keeps text alone. */
export const bytesType = 'application/octet-stream;base64'

/** The tags of what we write. */
export const marksOf = (owner: string) => ({ 'managed-by': 'agyn-secrets', 'agyn-secret': owner })

/** Throws `not_ours` for a secret that does not carry the mark of its owner. */
export function requireMark({ tags }: Pick<SecretProperties, 'tags'>, owner: string): void {
  const isOurs = Object.entries(marksOf(owner)).every(([name, value]) => tags?.[name] === value)
  if (isOurs) return
  throw new BackendFailure(
    'not_ours',
    'The vault has a secret of this name that was not made here, or belongs to another secret.',
    { hint: 'Its tags say whose it is: managed-by and agyn-secret.' },
  )
}

/** What is known of a living secret; `null` when there is none. */
export async function describeSecret(
  client: KeyVaultClient,
  name: string,
  options: CallOptions,
): Promise<SecretProperties | null> {
  try {
    return (await client.get(name, options))?.secret.properties ?? null
  } catch (error) {
    if (!isRefusal(error, 'SecretDisabled')) throw error
  }
  // One that is disabled is shown to nobody, except in the list of its versions.
  const versions = await client.getVersions(name, options)
  const age = ({ createdOn }: SecretProperties) => createdOn?.getTime() ?? 0
  return [...(versions ?? [])].sort((a, b) => age(b) - age(a))[0] ?? null
}
