import type { ProviderConfig } from '../../../contract/schemas/provider-types/index.ts'
import type { Wrapped } from '../wrapped.ts'

/** The settings of a provider of type `gcp-sm`, already validated. */
export type GcpSmConfig = Wrapped<'gcp-sm', 'serviceAccountJson'>

/** Those that are not secret. */
export type GcpConfig = Omit<ProviderConfig<'gcp-sm'>, 'serviceAccountJson'>
