/** Counts what is sent to one provider's store. */
export interface Meter {
  /** A request was sent. */
  called(): void
  /** The store refused it, because there were too many. */
  throttled(): void
  /** It brought no answer, or a server error. */
  failed(): void
}
