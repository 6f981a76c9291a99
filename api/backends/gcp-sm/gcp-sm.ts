import { BackendFailure, type SecretBackend } from '../backend.ts'
import type { BackendWorld } from '../registry.ts'
import type { GcpSmConfig } from './gcp-config.ts'

/** Opens Google Cloud Secret Manager. Contacts nothing before the first call. */
export async function openBackend(
  _config: GcpSmConfig,
  _world: BackendWorld,
): Promise<SecretBackend> {
  throw new BackendFailure('misconfigured', 'Google Cloud Secret Manager is not there yet.')
}
