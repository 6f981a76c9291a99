import type { ProviderConfig, ProviderType } from '../../contract/schemas/provider-types/index.ts'
import { awsRules } from './aws-sm/aws-rules.ts'
import { azureRules } from './azure-kv/azure-rules.ts'
import { gcpRules } from './gcp-sm/gcp-rules.ts'
import { vaultRules } from './vault/vault-rules.ts'

/** What is known of a kind of store without contacting one, or loading its SDK. */
export interface StoreRules<Config> {
  /** Throws a `BackendFailure` with `path_invalid` for a path that this store could not hold. */
  checkPath(path: string, config: Config): void
  /**
   * Where a managed secret is kept, in the words of `read`: below the config's `pathPrefix`, or the
   * store's usual one. Names that the store would not take are spelt in a way that keeps them apart.
   *
   * @param parts - ids that keep tenants apart, and the name of the secret last
   */
  managedPath(config: Config, parts: readonly string[]): string
  /** Bytes that a value may have, written as text or as bytes; less than everywhere where the store takes less. */
  readonly largestValue: { readonly utf8: number; readonly base64: number }
  /** Whether a value may be empty there. */
  readonly takesEmpty: boolean
}

/** The fields of a config that are not sensitive. */
export type PlainConfig = Readonly<Record<string, unknown>>

const rules = {
  vault: vaultRules,
  'aws-sm': awsRules,
  'azure-kv': azureRules,
  'gcp-sm': gcpRules,
} satisfies { readonly [Type in ProviderType]: StoreRules<ProviderConfig<Type>> }

/** The rules of a type, for a config of it as it is stored: without credentials. */
export const rulesOf = (type: ProviderType): StoreRules<PlainConfig> =>
  rules[type] as unknown as StoreRules<PlainConfig>
