import { BackendFailure, type OwnOptions } from '../backend.ts'
import type { Secret } from './calls.ts'
import { isRefused } from './google-refusal.ts'
import type { SecretManager } from './secret-manager.ts'

/** The labels of what we make: that it is ours, and whose. */
export const labelsOf = (owner: string): Readonly<Record<string, string>> => ({
  'managed-by': 'agyn-secrets',
  [ownerLabel]: owner,
})

export const isOwnedBy = ({ labels }: Secret, owner: string): boolean =>
  labels?.[ownerLabel] === owner

/** What we made for this owner; `null` when nothing is there. Rejects with `not_ours` for anything else. */
export async function ownSecret(
  manager: SecretManager,
  name: string,
  options: OwnOptions,
): Promise<Secret | null> {
  const secret = await findSecret(manager, name, options)
  if (secret && !isOwnedBy(secret, options.owner)) throw notOurs()
  return secret
}

export async function findSecret(
  manager: SecretManager,
  name: string,
  options: Pick<OwnOptions, 'signal'>,
): Promise<Secret | null> {
  try {
    return await manager.call('getSecret', { name }, options)
  } catch (error) {
    if (isRefused(error, 'NOT_FOUND')) return null
    throw error
  }
}

const ownerLabel = 'agyn-secret'

const notOurs = (): BackendFailure =>
  new BackendFailure('not_ours', 'Somebody else made the secret that is there.', {
    hint: `What we make has the label ${ownerLabel} with the id of its secret.`,
    notSent: true,
  })
