import type { SecretValue } from '../../keyring/secret-value.ts'
import type { CallOptions } from '../backend.ts'

/** The settings of a provider of type `vault`, already validated. One member per auth method. */
export type VaultConfig = VaultServer & TokenAuth

export interface VaultServer {
  readonly address: string
  readonly namespace?: string | undefined
  /** PEM text of the authority that signed the server's certificate. */
  readonly caCertificate?: string | undefined
  /** Which key-value engine the mounts are; asked of the server when left out. */
  readonly kvVersion?: 1 | 2 | undefined
  /** Where the key-value engine is mounted, such as `secret` or `team/kv`; asked when left out. */
  readonly mount?: string | undefined
}

export interface TokenAuth {
  readonly authMethod: 'token'
  readonly token: SecretValue
}

/** How a provider proves to Vault who it is. One file for each method makes one. */
export interface VaultAuth {
  /** A token that is valid now, as far as we know. */
  token(options: CallOptions): Promise<string>
}
