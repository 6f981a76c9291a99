import type { SecretValue } from '../../keyring/secret-value.ts'
import {
  BackendFailure,
  type CallOptions,
  type CheckReport,
  type Listing,
  type ListOptions,
  type OwnOptions,
  type ReadOptions,
  type RemoveOptions,
  type SecretBackend,
  type StoredSecret,
  type WriteOptions,
  type Written,
} from '../backend.ts'
import { NameTurns } from '../name-turns.ts'
import type { BackendWorld } from '../backend-world.ts'
import { AccessTokens } from '../access-tokens.ts'
import type { AzureKvConfig } from './azure-config.ts'
import { type AzureLogin, openLogin } from './azure-login.ts'
import { azureRules } from './azure-rules.ts'
import { checkLogin } from './check-login.ts'
import { KeyVaultClient } from './key-vault-client.ts'
import { listNames } from './list-names.ts'
import { readSecret } from './read-secret.ts'
import { removeSecret, restoreSecret } from './remove-secret.ts'
import { VaultResource } from './vault-resource.ts'
import { writeSecret } from './write-secret.ts'

/** https://learn.microsoft.com/azure/key-vault/general/service-limits */
const rates = {
  read: { requests: 4000, perMs: 10_000 },
  write: { requests: 300, perMs: 10_000 },
}

/** Opens Azure Key Vault. Contacts nothing before the first call. */
export async function openBackend(
  config: AzureKvConfig,
  { outbound }: BackendWorld,
): Promise<SecretBackend> {
  const { vaultUrl, authorityHost, caCertificate } = config
  requireSecure({ vaultUrl, authorityHost })
  const connection = outbound.connect({ address: vaultUrl, caCertificate, rates })
  const login = await openLogin(config, outbound)
  const resource = new VaultResource(connection)
  const tokens = new AccessTokens(outbound.clock, async (options) =>
    login.logIn({ ...options, resource: await resource.find(options) }),
  )
  const client = await KeyVaultClient.load({ connection, tokens, clock: outbound.clock })
  return new AzureKeyVault(client, tokens, login)
}

/** Secrets of one vault. A path is the name of a secret. */
class AzureKeyVault implements SecretBackend {
  readonly #client: KeyVaultClient
  readonly #tokens: AccessTokens
  readonly #login: AzureLogin
  readonly #turns = new NameTurns()

  constructor(client: KeyVaultClient, tokens: AccessTokens, login: AzureLogin) {
    this.#client = client
    this.#tokens = tokens
    this.#login = login
  }

  async read(path: string, options: ReadOptions): Promise<StoredSecret | null> {
    azureRules.checkPath(path)
    return await readSecret(this.#client, path, options)
  }

  async write(path: string, value: SecretValue, options: WriteOptions): Promise<Written> {
    azureRules.checkPath(path)
    return await this.#turns.take(path, options, () =>
      writeSecret(this.#client, path, value, options),
    )
  }

  async remove(path: string, options: RemoveOptions): Promise<void> {
    azureRules.checkPath(path)
    await this.#turns.take(path, options, () => removeSecret(this.#client, path, options))
  }

  async restore(path: string, options: OwnOptions): Promise<void> {
    azureRules.checkPath(path)
    await this.#turns.take(path, options, () => restoreSecret(this.#client, path, options))
  }

  list(options: ListOptions): Promise<Listing> {
    return listNames(this.#client, options)
  }

  check(options: CallOptions): Promise<CheckReport> {
    return checkLogin(this.#client, this.#tokens, options)
  }

  close(): Promise<void> {
    this.#client.close()
    this.#login.close()
    return Promise.resolve()
  }
}

/** Azure knows no other way, and a token or a client's secret would travel in the clear. */
function requireSecure(addresses: Readonly<Record<string, string | undefined>>): void {
  for (const [name, address] of Object.entries(addresses)) {
    if (address === undefined || new URL(address).protocol === 'https:') continue
    throw new BackendFailure('misconfigured', `${name} must begin with https://.`, {
      notSent: true,
    })
  }
}
