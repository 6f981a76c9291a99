import { BackendFailure, type SecretBackend } from '../backend.ts'
import type { BackendWorld } from '../registry.ts'
import type { AwsSmConfig } from './aws-config.ts'

/** Opens AWS Secrets Manager. Contacts nothing before the first call. */
export async function openBackend(
  _config: AwsSmConfig,
  _world: BackendWorld,
): Promise<SecretBackend> {
  throw new BackendFailure('misconfigured', 'AWS Secrets Manager is not there yet.')
}
