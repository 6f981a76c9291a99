/** What is known of a kind of store without contacting one, or loading its SDK. */
export interface StoreRules<Config> {
  /** Throws a `BackendFailure` with `path_invalid` for a path that this store could not hold. */
  checkPath(path: string, config: Config): void
  /**
   * Where a managed secret is kept, in the words of `read`: below the config's `pathPrefix`, or the
   * store's usual one. Names that the store would not take are spelt in a way that keeps them apart.
   *
   * @param parts - ids that keep tenants apart, and the name of the secret last
   */
  managedPath(config: Config, parts: readonly string[]): string
  /** Bytes that a value may have, written as text or as bytes; less than everywhere where the store takes less. */
  readonly largestValue: { readonly utf8: number; readonly base64: number }
  /** Whether a value may be empty there. */
  readonly takesEmpty: boolean
}

/** The fields of a config that are not sensitive. */
export type PlainConfig = Readonly<Record<string, unknown>>
