import type { SecretBackend } from '../../api/backends/backend.ts'
import { parseAllowList } from '../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../api/backends/outbound/outbound.ts'
import { Backends } from '../../api/backends/registry.ts'
import { TokenFiles } from '../../api/backends/token-files.ts'
import type { ConfigOf, VaultConfig } from '../../api/backends/vault/vault-config.ts'
import { SecretValue } from '../../api/keyring/secret-value.ts'

/** A Vault backend as the API opens it, which may go to its own address alone. */
export async function openLiveVault(
  config: VaultConfig,
  tokenPaths: readonly string[] = [],
): Promise<SecretBackend> {
  const allow = parseAllowList(new URL(config.address).host)
  const outbound = new Outbound({ allow })
  const backends = new Backends({ outbound, tokenFiles: new TokenFiles(tokenPaths) })
  return await backends.openOnce({ type: 'vault', config })
}

export const openWithToken = (
  address: string,
  token: string,
  config: Partial<ConfigOf<'token'>>,
): Promise<SecretBackend> =>
  openLiveVault({ address, authMethod: 'token', token: SecretValue.fromText(token), ...config })
