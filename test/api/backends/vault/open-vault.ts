import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../../../api/backends/outbound/outbound.ts'
import { TokenFiles } from '../../../../api/backends/token-files.ts'
import { openBackend } from '../../../../api/backends/vault/vault.ts'
import type { ConfigOf, VaultConfig } from '../../../../api/backends/vault/vault-config.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { FakeClock } from '../fake-clock.ts'
import { rightToken } from './fake-vault.ts'

/** A Vault backend on a clock of its own, with the right token unless another is given. */
export function openVault(
  address: string,
  { token = rightToken, clock, ...config }: OpenVaultOptions = {},
): Promise<SecretBackend> {
  const auth = { authMethod: 'token', token: SecretValue.fromText(token) } as const
  return openVaultAs({ address, ...auth, ...config }, { clock })
}

/** With any way to log in. */
export function openVaultAs(
  config: VaultConfig,
  { clock = new FakeClock(), tokenPaths = [] }: VaultWorld = {},
): Promise<SecretBackend> {
  const outbound = new Outbound({ allow: parseAllowList('127.0.0.1'), clock, random: () => 0.5 })
  return openBackend(config, { outbound, tokenFiles: new TokenFiles(tokenPaths) })
}

interface VaultWorld {
  readonly clock?: FakeClock | undefined
  /** Files that may be logged in with. */
  readonly tokenPaths?: readonly string[]
}

type OpenVaultOptions = Partial<Omit<ConfigOf<'token'>, 'token' | 'authMethod'>> & {
  token?: string
  clock?: FakeClock
}
