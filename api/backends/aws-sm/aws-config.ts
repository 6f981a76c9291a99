import type { Wrapped } from '../wrapped.ts'

/** The settings of a provider of type `aws-sm`, already validated. */
export type AwsSmConfig = Wrapped<'aws-sm', 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>
