import type { FailureCode } from '../../contract/problems.ts'
import type { SecretValue } from '../keyring/secret-value.ts'

/** A place secrets live. One instance serves one configured provider, and many calls at once. */
export interface SecretBackend {
  /**
   * Reads what is stored at `path`. Resolves to `null` when nothing is there; rejects with a
   * `BackendFailure` when the version is missing or deleted, and when the backend could not tell:
   * it was unreachable, refused us, or answered something unreadable.
   */
  read(path: string, options: ReadOptions): Promise<StoredSecret | null>

  /** Logs in and asks the store what these credentials may do, without reading a value. */
  check(options: CallOptions): Promise<CheckReport>

  /** Lets go of connections and timers. Calls under way may fail. */
  close(): Promise<void>
}

export interface CallOptions {
  /** Aborts the call, its retries included: it rejects with `timeout`, whatever the reason. */
  readonly signal: AbortSignal
}

export interface ReadOptions extends CallOptions {
  /** The store's own name of a version; the current one when left out. */
  readonly version?: string | undefined
}

export interface StoredSecret {
  /** The store's own name of the version that was read; absent where the store keeps none (KV version 1). */
  readonly version?: string | undefined
  /** The stored bytes as they are; for a store of objects, the exact JSON text of the object. */
  readonly value: SecretValue
  /** `object`: the store keeps keys and values (Vault), so an only key stands for the whole. */
  readonly shape: 'object' | 'bytes'
}

export interface CheckReport {
  readonly identity: {
    readonly displayName?: string | undefined
    /** RFC 3339; absent when the credentials do not expire. */
    readonly expiresAt?: string | undefined
    readonly renewable?: boolean | undefined
  }
  /** `unknown` where the store cannot tell without trying it on a value. */
  readonly can: {
    readonly read: boolean | 'unknown'
    readonly write: boolean | 'unknown'
    readonly list: boolean | 'unknown'
  }
}

/**
 * Why a store could not give what was asked, in words that may be shown: no token, no header and
 * no body of the store's answer. What the client library said goes in `cause`, which is never logged whole.
 */
export class BackendFailure extends Error {
  override readonly name = 'BackendFailure'
  readonly code: FailureCode
  /** What to do about it, when there is more to say than the message. */
  readonly hint: string | undefined
  readonly availableKeys: readonly string[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.hint = details.hint
    this.availableKeys = details.availableKeys
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

export interface FailureDetails {
  readonly hint?: string | undefined
  /** For `key_missing`: names of the keys that are there. */
  readonly availableKeys?: readonly string[] | undefined
  readonly retryAfterSeconds?: number | undefined
  readonly cause?: unknown
}
