import { BackendFailure } from '../backend.ts'
import { tokenAuth } from './token.ts'
import type { VaultAuth, VaultConfig } from './vault-config.ts'

export function vaultAuth(config: VaultConfig): VaultAuth {
  if (config.authMethod === 'token') return tokenAuth(config)
  throw new BackendFailure('misconfigured', 'This auth method is not there yet.')
}
