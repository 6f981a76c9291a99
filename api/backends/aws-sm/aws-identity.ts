import type { CallOptions } from '../backend.ts'

/** What requests to AWS are signed with. One object for each set of credentials, never changed. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** When they end; absent when they do not, or when nobody said. */
  readonly expiration?: Date
}

/** Who a provider is to AWS. One file for each way makes one. */
export interface AwsIdentity {
  /** Credentials that are valid now, as far as we know. */
  credentials(options: CallOptions): Promise<AwsCredentials>
  /** Others than these, which have expired by AWS's word; absent where there are no others. */
  renewed?(expired: AwsCredentials, options: CallOptions): Promise<AwsCredentials>
}
