import type { SecretBackend, StoredSecret } from '../../../api/backends/backend.ts'

/** What is known of a store before it is started. */
export interface Keeps {
  readonly shape: StoredSecret['shape']
  readonly versions: boolean
  /** What was removed can be had back. */
  readonly softDelete: boolean
  /** What we made can be told from what others made. */
  readonly marks: boolean
  /** A mark is set in a request of its own, which may be refused while the value is taken. */
  readonly separateMarks?: boolean
  /** A value may be bytes that are no text, without being wrapped. */
  readonly binary?: boolean
  /** Names with slashes lie in folders, and a listing is of one of them. */
  readonly folders?: boolean
  /** It answers several reads in one call: `SecretBackend.batch`. */
  readonly batch?: boolean
}

/** A store to test against, real or standing in, and the ways to bring about what the suite asks for. */
export interface BackendHarness extends Means {
  /** Opens the backend with credentials that may do everything, except at `forbiddenPath`. */
  open(): Promise<SecretBackend>
  openWithWrongCredentials(): Promise<SecretBackend>
  /** Opens a backend whose address nobody answers at. */
  openUnreachable(): Promise<SecretBackend>
  /** A path, in the store's own words, for a secret of this name; the names have slashes. */
  path(name: string): string
  readonly forbiddenPath: string
  /** Stores a secret, or its next version, as somebody else than us; answers the version's name where there are any. */
  put(name: string, content: string | Buffer): Promise<string | undefined>
  /** What the store holds now, byte for byte, as somebody else reads it; `null` when nothing is there, or it is deleted. */
  get(name: string): Promise<Buffer | null>
  close(): Promise<void>
}

/** What not every store lets itself be made to do. A case that needs one that is not there is to stand in `cannot`. */
export interface Means {
  deleteVersion?(name: string, version: string): Promise<void>
  destroyVersion?(name: string, version: string): Promise<void>
  disableVersion?(name: string, version: string): Promise<void>
  /** Whose the mark says a secret is; `undefined` when it has none. */
  markOf?(name: string): Promise<string | undefined>
  /** Opens the backend with credentials that may neither see nor set marks. */
  openWithoutMarks?(): Promise<SecretBackend>
  /** The credentials that a backend has obtained are no good any more; those it was given still are. */
  expireCredentials?(): Promise<void>
  // The others hold until `heal`.
  /** Refuses the next requests, because there are too many. */
  throttle?(times: number): Promise<void>
  /** Takes requests and answers none. */
  stall?(): Promise<void>
  redirect?(to: string): Promise<void>
  /** More than a megabyte, where a secret should be. */
  answerHuge?(): Promise<void>
  /** A page, as a proxy might answer it. */
  answerHtml?(): Promise<void>
  heal?(): Promise<void>
}
