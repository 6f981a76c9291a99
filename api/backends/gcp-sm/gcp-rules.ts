import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import { BackendFailure } from '../backend.ts'
import type { StoreRules } from '../store-rules.ts'

export const gcpRules: StoreRules<ProviderConfig<'gcp-sm'>> = {
  checkPath() {
    throw new BackendFailure('path_invalid', 'Google Cloud Secret Manager is not there yet.')
  },
  managedPath: () => '',
  largestValue: { utf8: 65536, base64: 65536 },
}
