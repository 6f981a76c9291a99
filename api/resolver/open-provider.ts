import type { ProviderType } from '../../contract/schemas/provider-types/index.ts'
import { BackendFailure, type SecretBackend } from '../backends/backend.ts'
import type { DeploymentStore } from '../backends/deployment-store.ts'
import type { Backends, ProviderSettings } from '../backends/registry.ts'
import type { SecretProvider } from '../database/gen/client.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { SecretValue } from '../keyring/secret-value.ts'
import { openConfig, sensitiveFieldsOf, type Config, type SealedConfig } from './provider-config.ts'

/** Columns of a provider that opening it needs. */
export type ProviderRow = Pick<
  SecretProvider,
  'id' | 'organizationId' | 'type' | 'revision' | keyof SealedConfig
>

/** The same of one that may have been deleted, for whom it is named to. */
export interface StoreProvider extends ProviderRow {
  readonly name: string
  readonly deleted: boolean
}

export const toStoreProvider = (row: SecretProvider): StoreProvider => ({
  ...row,
  config: row.config as object,
  deleted: row.deletedAt !== null,
})

/** What keeps a managed secret: a provider of the organization, or the deployment's store of this type. */
export interface KeptIn {
  readonly provider?: StoreProvider | undefined
  readonly defaultStore?: string | null | undefined
}

/** The backend of the store that keeps a managed secret. Never another one: rejects while that cannot be had. */
export async function openStore(
  { keyring, backends, defaultStore }: Opening,
  store: KeptIn,
): Promise<SecretBackend> {
  const { provider } = store
  if (provider?.deleted) {
    throw new BackendFailure(
      'provider_deleted',
      'The provider of the secret was deleted. Point the secret at another provider.',
    )
  }
  if (provider) return await openProvider({ keyring, backends }, provider)
  if (defaultStore && defaultStore.type === store.defaultStore) return await defaultStore.open()
  throw new BackendFailure(
    'unreachable',
    `The value is kept in the deployment's own store, of type ${store.defaultStore ?? 'unknown'}, and the API runs without it.`,
    { hint: 'Start it with the settings of that store (AGYN_SECRETS_MANAGER).', notSent: true },
  )
}

/** What opening a store takes. */
export interface Opening {
  readonly keyring: Keyring
  readonly backends: Backends
  readonly defaultStore: DeploymentStore | undefined
}

/** The backend of a saved provider. Rejects with a `BackendFailure`, or `SealBroken`. */
export async function openProvider(
  { keyring, backends }: { readonly keyring: Keyring; readonly backends: Backends },
  row: ProviderRow,
): Promise<SecretBackend> {
  const settings = await savedSettings(keyring, row)
  return await backends.open({ ...settings, id: row.id, revision: row.revision })
}

/** What a saved provider's backend is opened with, credentials included. Rejects with `SealBroken`. */
export async function savedSettings(keyring: Keyring, row: ProviderRow): Promise<ProviderSettings> {
  const keys = await keyring.of(row.organizationId)
  return providerSettings(row.type as ProviderType, openConfig(keys, row))
}

/** A checked config as its backend takes it: credentials wrapped, so that none is printed by accident. */
export function providerSettings(type: ProviderType, config: Config): ProviderSettings {
  const sensitive = sensitiveFieldsOf(type)
  const entries = Object.entries(config).map(([key, value]) => [
    key,
    sensitive.has(key) ? SecretValue.fromText(String(value)) : value,
  ])
  return { type, config: Object.fromEntries(entries) } as ProviderSettings
}
