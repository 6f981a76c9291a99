import type { FailureCode } from '../../contract/problems.ts'
import type { Encoding, SecretValue } from '../keyring/secret-value.ts'

/** A place secrets live. One instance serves one configured provider, and many calls at once. */
export interface SecretBackend {
  /**
   * Reads what is stored at `path`. Resolves to `null` when nothing is there; rejects with a
   * `BackendFailure` when the version is missing or deleted, and when the backend could not tell:
   * it was unreachable, refused us, or answered something unreadable.
   */
  read(path: string, options: ReadOptions): Promise<StoredSecret | null>

  /** For stores that answer many reads in one call. What is wrong with one read is that one's outcome alone. */
  readonly batch?: {
    /** How many reads one call takes at most. */
    readonly size: number
    /** Answers one outcome for each, in the same order; rejects when none could be had. */
    read(reads: readonly Read[], options: CallOptions): Promise<readonly ReadOutcome[]>
  }

  /**
   * Stores a value at `path`, marked as ours where the store keeps marks. Rejects with `path_taken` when
   * it is to be new and something is there, with `not_ours` when it is to be the next version of what
   * the mark says somebody else made. Sent once: what is not `notSent` may have happened.
   */
  write(path: string, value: SecretValue, options: WriteOptions): Promise<Written>

  /**
   * Takes away what `write` made, as the store's own soft delete does; where it has none, nothing
   * happens until it is `forGood`. Resolves when nothing is there, or it is done already; rejects with
   * `not_ours` when the mark says that somebody else made it.
   */
  remove(path: string, options: RemoveOptions): Promise<void>

  /** Undoes a `remove` that was not for good. Resolves when there is nothing to undo. */
  restore(path: string, options: OwnOptions): Promise<void>

  /** Names of what is in the store, in a stable order. Never values. */
  list(options: ListOptions): Promise<Listing>

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
  /** Ours: answers the exact bytes that `write` was given, whatever they are wrapped in there. */
  readonly managed?: boolean
}

/** One read among several. */
export type Read = { readonly path: string } & Omit<ReadOptions, 'signal'>

export type ReadOutcome = StoredSecret | null | BackendFailure

/** Something that `write` made. */
export interface OwnOptions extends CallOptions {
  /** Id of the secret it belongs to: the mark that it carries. */
  readonly owner: string
}

export interface WriteOptions extends OwnOptions {
  /** Nothing may be there yet. Otherwise it is the next version of what we made. */
  readonly isNew: boolean
  /** How its owner wrote it: as text, or as bytes. A store of text keeps bytes in base64. */
  readonly encoding: Encoding
}

export interface Written {
  /** The store's own name of the version, under which it is read; absent where the store keeps none. */
  readonly version?: string | undefined
}

export interface RemoveOptions extends OwnOptions {
  readonly forGood: boolean
}

export interface ListOptions extends CallOptions {
  /** Only what begins with it; in a store of folders, what is in that one. */
  readonly prefix?: string | undefined
  /** `next` of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

export interface Listing {
  /** As `read` takes them; a folder ends without a slash. */
  readonly items: readonly { readonly path: string; readonly folder?: true }[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string | undefined
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
  /** The store has certainly seen nothing of the request. */
  readonly notSent: boolean

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.hint = details.hint
    this.availableKeys = details.availableKeys
    this.retryAfterSeconds = details.retryAfterSeconds
    this.notSent = details.notSent ?? false
  }
}

export interface FailureDetails {
  readonly hint?: string | undefined
  /** For `key_missing`: names of the keys that are there. */
  readonly availableKeys?: readonly string[] | undefined
  readonly retryAfterSeconds?: number | undefined
  readonly notSent?: boolean
  readonly cause?: unknown
}
