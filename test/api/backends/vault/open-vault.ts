import type { SecretBackend } from '../../../../api/backends/backend.ts'
import { parseAllowList } from '../../../../api/backends/outbound/allow-list.ts'
import { Outbound } from '../../../../api/backends/outbound/outbound.ts'
import { TokenFiles } from '../../../../api/backends/token-files.ts'
import { openBackend } from '../../../../api/backends/vault/vault.ts'
import type { ConfigOf } from '../../../../api/backends/vault/vault-config.ts'
import { SecretValue } from '../../../../api/keyring/secret-value.ts'
import { FakeClock } from '../fake-clock.ts'
import { rightToken } from './fake-vault.ts'

/** A Vault backend on a clock of its own, with the right token unless another is given. */
export function openVault(
  address: string,
  { token = rightToken, clock = new FakeClock(), ...config }: OpenVaultOptions = {},
): Promise<SecretBackend> {
  const outbound = new Outbound({ allow: parseAllowList('127.0.0.1'), clock, random: () => 0.5 })
  const auth = { authMethod: 'token', token: SecretValue.fromText(token) } as const
  return openBackend({ address, ...auth, ...config }, { outbound, tokenFiles: new TokenFiles([]) })
}

type OpenVaultOptions = Partial<Omit<ConfigOf<'token'>, 'token' | 'authMethod'>> & {
  token?: string
  clock?: FakeClock
}
