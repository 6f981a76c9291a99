import type { DeletedSecret } from '@azure/keyvault-secrets'
import { BackendFailure, type OwnOptions, type RemoveOptions } from '../backend.ts'
import type { KeyVaultClient } from './key-vault-client.ts'
import { isRefusal } from './key-vault-refusal.ts'
import { describeSecret, requireMark } from './own-secret.ts'

/** Somebody else has done it, or is at it. */
const underWay = ['SecretNotFound', 'ObjectIsBeingDeleted']

/** Deletes what we wrote; for good, it is also purged, which a vault may be set not to allow. */
export async function removeSecret(
  client: KeyVaultClient,
  name: string,
  { forGood, owner, signal }: RemoveOptions,
): Promise<void> {
  const there = await describeSecret(client, name, { signal })
  if (there) requireMark(there, owner)
  // A vault of the old kind, without soft delete: what is deleted there is gone.
  const isKept = there?.recoveryLevel !== 'Purgeable'
  if (!forGood && (!there || !isKept)) return
  if (there) await unless(underWay, client.delete(name, { signal }))
  if (!isKept) return

  const find = () => client.getDeleted(name, { signal })
  // Until it is found among the deleted, it could not be restored either.
  if (!forGood) return await unlessForbidden(client.waitFor(find, { signal }))
  const deleted = there ? await client.waitFor(find, { signal }) : await find()
  if (!deleted) return
  requireMark(deleted.properties, owner)
  requirePurgeable(deleted)
  await unless(underWay, client.purge(name, { signal }))
}

/** Recovers what was deleted and is still kept; resolves when it can be read again. */
export async function restoreSecret(
  client: KeyVaultClient,
  name: string,
  { owner, signal }: OwnOptions,
): Promise<void> {
  const describe = () => describeSecret(client, name, { signal })
  if (await describe()) return
  const deleted = await client.getDeleted(name, { signal })
  if (!deleted) return
  requireMark(deleted.properties, owner)
  await unless(['SecretNotFound', 'ObjectIsBeingRecovered'], client.recover(name, { signal }))
  await client.waitFor(describe, { signal })
}

/** Waits for a call; that it was refused because somebody has done the same is as good. */
async function unless(reasons: readonly string[], call: Promise<void>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!isRefusal(error, ...reasons)) throw error
  })
}

/** Waits for what some may not see. */
async function unlessForbidden(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof BackendFailure) || error.code !== 'forbidden') throw error
  })
}

function requirePurgeable({ properties }: DeletedSecret): void {
  const { recoveryLevel, scheduledPurgeDate } = properties
  if (recoveryLevel === undefined || recoveryLevel.includes('Purgeable')) return
  const until = scheduledPurgeDate ? ` until ${scheduledPurgeDate.toISOString()}` : ''
  throw new BackendFailure(
    'forbidden',
    `The vault is protected against purging, and keeps the deleted secret${until}.`,
    { hint: 'It goes by itself when its retention is over. Nobody can make it go earlier.' },
  )
}
