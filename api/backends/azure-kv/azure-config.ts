import type { Wrapped } from '../wrapped.ts'

/** The settings of a provider of type `azure-kv`, already validated. */
export type AzureKvConfig = Wrapped<'azure-kv', 'clientSecret'>
