import type { ProviderType } from '../../contract/schemas/provider-types/index.ts'
import type { SecretBackend } from '../backends/backend.ts'
import type { Backends, ProviderSettings } from '../backends/registry.ts'
import type { SecretProvider } from '../database/gen/client.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { SecretValue } from '../keyring/secret-value.ts'
import { openConfig, sensitiveFieldsOf, type Config, type StoredConfig } from './provider-config.ts'

/** Columns of a provider that opening it needs. */
export type ProviderRow = Pick<
  SecretProvider,
  'id' | 'organizationId' | 'type' | 'revision' | keyof StoredConfig
>

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
