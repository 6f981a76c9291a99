import { BackendFailure, type SecretBackend } from '../backend.ts'
import type { BackendWorld } from '../registry.ts'
import type { AzureKvConfig } from './azure-config.ts'

/** Opens Azure Key Vault. Contacts nothing before the first call. */
export async function openBackend(
  _config: AzureKvConfig,
  _world: BackendWorld,
): Promise<SecretBackend> {
  throw new BackendFailure('misconfigured', 'Azure Key Vault is not there yet.')
}
