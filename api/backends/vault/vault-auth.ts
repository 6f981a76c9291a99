import type { CallOptions } from '../backend.ts'
import { tokenAuth } from './token.ts'
import type { VaultConfig } from './vault-config.ts'

/** How a provider proves to Vault who it is. */
export interface VaultAuth {
  /** A token that is valid now, as far as we know. */
  token(options: CallOptions): Promise<string>
}

export function vaultAuth(config: VaultConfig): VaultAuth {
  return authMethods[config.authMethod](config)
}

const authMethods = { token: tokenAuth } as const satisfies Record<
  VaultConfig['authMethod'],
  unknown
>
