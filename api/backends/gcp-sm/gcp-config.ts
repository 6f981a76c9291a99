import type { Wrapped } from '../wrapped.ts'

/** The settings of a provider of type `gcp-sm`, already validated. */
export type GcpSmConfig = Wrapped<'gcp-sm', 'serviceAccountJson'>
