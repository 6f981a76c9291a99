import type { ProviderConfig, ProviderType } from '../../contract/schemas/provider-types/index.ts'
import { awsRules } from './aws-sm/aws-rules.ts'
import { azureRules } from './azure-kv/azure-rules.ts'
import { gcpRules } from './gcp-sm/gcp-rules.ts'
import { vaultRules } from './vault/vault-rules.ts'
import type { PlainConfig, StoreRules } from './rules.ts'

const rules = {
  vault: vaultRules,
  'aws-sm': awsRules,
  'azure-kv': azureRules,
  'gcp-sm': gcpRules,
} satisfies { readonly [Type in ProviderType]: StoreRules<ProviderConfig<Type>> }

/** The rules of a type, for a config of it as it is stored: without credentials. */
export const rulesOf = (type: ProviderType): StoreRules<PlainConfig> =>
  rules[type] as unknown as StoreRules<PlainConfig>
