import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import type { SecretValue } from '../../keyring/secret-value.ts'
import type { CallOptions } from '../backend.ts'

/** The settings of a provider of type `vault`, already validated. One member per auth method. */
export type VaultConfig = Wrapped<ProviderConfig<'vault'>>

/** What every auth method's settings have in common: which server it is, and where in it to look. */
export type VaultServer = Omit<VaultConfig, 'authMethod' | keyof Credentials>

/** The settings of one auth method. */
export type ConfigOf<Method extends VaultConfig['authMethod']> = Extract<
  VaultConfig,
  { readonly authMethod: Method }
>

/** The fields that the contract calls sensitive. */
type Credentials = Record<'token', SecretValue>

/** Distributes over the auth methods. */
type Wrapped<Config> = Config extends unknown
  ? { readonly [Key in keyof Config]: Key extends keyof Credentials ? SecretValue : Config[Key] }
  : never

/** How a provider proves to Vault who it is. One file for each method makes one. */
export interface VaultAuth {
  /** A token that is valid now, as far as we know. */
  token(options: CallOptions): Promise<string>
}
