import type { SecretVersion } from '../database/gen/client.ts'
import { within } from '../deadline.ts'
import type { OrganizationKeys } from '../keyring/organization-keys.ts'
import type { Keeper } from './keeper.ts'
import { LOOK_AGAIN_MS } from './times.ts'

/**
 * Looks whether a pending write arrived: the store's newest value is the one that was to be written.
 * Undefined when it is another, or none. Rejects with a `BackendFailure` when the store does not tell.
 */
export async function findWritten(
  keeper: Keeper,
  keys: OrganizationKeys,
  { secretId, path, fingerprint }: SecretVersion,
): Promise<{ readonly storeVersion: string | undefined } | undefined> {
  const backend = await keeper.open()
  const stored = await within(LOOK_AGAIN_MS, (signal) =>
    backend.read(path ?? '', { managed: true, signal }),
  )
  const isIt = stored && keys.fingerprint(secretId, stored.value) === fingerprint
  return isIt ? { storeVersion: stored.version } : undefined
}
