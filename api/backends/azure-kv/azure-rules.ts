import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import { BackendFailure } from '../backend.ts'
import type { StoreRules } from '../store-rules.ts'

export const azureRules: StoreRules<ProviderConfig<'azure-kv'>> = {
  checkPath() {
    throw new BackendFailure('path_invalid', 'Azure Key Vault is not there yet.')
  },
  managedPath: () => '',
  largestValue: { utf8: 25600, base64: 19200 },
}
