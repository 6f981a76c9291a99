import { tokenAuth } from './token.ts'
import type { ConfigOf, VaultAuth, VaultConfig } from './vault-config.ts'

export function vaultAuth(config: VaultConfig): VaultAuth {
  return authMethods[config.authMethod](config)
}

const authMethods = { token: tokenAuth } as const satisfies {
  readonly [Method in VaultConfig['authMethod']]: (config: ConfigOf<Method>) => VaultAuth
}
