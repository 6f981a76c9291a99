import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import { BackendFailure } from '../../backends/backend.ts'
import { rulesOf } from '../../backends/store-rules.ts'
import type { Database } from '../../database/database.ts'
import { invalidField, unknownId } from '../../errors.ts'
import { toStoreProvider } from '../../resolver/open-provider.ts'
import type { Config } from '../../resolver/provider-config.ts'
import type { RemotePlace } from '../../resolver/resolver.ts'

/** Columns of a secret that is read from a provider. */
export interface RemoteColumns {
  readonly providerId: string
  readonly remotePath: string
  readonly remoteKey: string | null
  readonly remoteVersion: string | null
}

/** The columns of a secret that is kept here. */
export const NOT_REMOTE = {
  providerId: null,
  remotePath: null,
  remoteKey: null,
  remoteVersion: null,
} as const

/**
 * Looks a remote place up as the resolver will, and refuses what its kind of store could not hold.
 * Nothing is contacted.
 */
export async function findRemotePlace(
  database: Database,
  organizationId: string,
  { providerId, remotePath, remoteKey, remoteVersion }: RemoteColumns,
): Promise<RemotePlace> {
  const provider = await database.prisma.secretProvider.findFirst({
    where: { id: providerId, organizationId, deletedAt: null },
  })
  if (!provider) throw unknownId('providerId', 'secret provider')
  try {
    rulesOf(provider.type as ProviderType).checkPath(
      remotePath,
      provider.config as object as Config,
    )
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error
    throw invalidField('remotePath', error.code, error.message)
  }
  return {
    storage: 'remote',
    provider: toStoreProvider(provider),
    path: remotePath,
    key: remoteKey ?? undefined,
    version: remoteVersion ?? undefined,
  }
}
