import type { Wrapped } from '../wrapped.ts'

/** The settings of a provider of type `vault`, already validated. One member per auth method. */
export type VaultConfig = Wrapped<'vault', 'token' | 'secretId'>

/** What every auth method's settings have in common: which server it is, and where in it to look. */
export type VaultServer = Pick<
  VaultConfig,
  | 'address'
  | 'namespace'
  | 'caCertificate'
  | 'kvVersion'
  | 'mount'
  | 'pathPrefix'
  | 'metadataPathPrefix'
>

/** The settings of one auth method. */
export type ConfigOf<Method extends VaultConfig['authMethod']> = Extract<
  VaultConfig,
  { readonly authMethod: Method }
>
