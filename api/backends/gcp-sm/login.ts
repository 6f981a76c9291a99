import type { AccessToken } from '../access-tokens.ts'
import type { CallOptions } from '../backend.ts'

/** A way to prove to Google who one is: one file for each. */
export interface Login {
  /** Obtains a new token. */
  logIn(options: CallOptions): Promise<AccessToken>
  /** As whom, where that can be told. */
  identity(): Promise<string | undefined>
  close(): void
}

/** What a token is asked for. Secret Manager has no narrower one: https://cloud.google.com/secret-manager/docs/access-control */
export const scope = 'https://www.googleapis.com/auth/cloud-platform'
