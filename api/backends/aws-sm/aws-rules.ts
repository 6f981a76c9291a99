import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import { BackendFailure } from '../backend.ts'
import type { StoreRules } from '../store-rules.ts'

export const awsRules: StoreRules<ProviderConfig<'aws-sm'>> = {
  checkPath() {
    throw new BackendFailure('path_invalid', 'AWS Secrets Manager is not there yet.')
  },
  managedPath: () => '',
  largestValue: { utf8: 65536, base64: 65536 },
}
