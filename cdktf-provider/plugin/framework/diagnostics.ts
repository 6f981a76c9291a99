/** Where something stands: attribute names, list indexes and map keys. */
export type Path = readonly (string | number)[]

/** What the user must be told. */
export interface Problem {
  /** One sentence that says what is wrong. */
  readonly summary: string
  /** What to do about it. */
  readonly detail?: string
  /** The attribute it is about; Terraform shows its line. */
  readonly path?: Path
}

/** Collects what the user must be told. An error stops the operation once its handler returns. */
export interface Diagnostics {
  error(problem: Problem): void
  warn(problem: Problem): void
}

/** Throw it from a handler to tell the user something. Its text is shown as it is, so keep values out. */
export class TerraformError extends Error {
  readonly problems: readonly [Problem, ...Problem[]]
  constructor(...problems: readonly [Problem, ...Problem[]]) {
    super(problems[0].summary)
    this.name = new.target.name
    this.problems = problems
  }
}

/**
 * Throw it when a request was sent and its outcome is not known. A create that ends so leaves the object
 * in state under the id it was given, so that the next refresh finds it or sees that it is not there.
 */
export class OutcomeUnknown extends TerraformError {}

/** Whether the error leaves open what happened: `OutcomeUnknown`, a timeout or a connection that broke. */
export function isOutcomeUnknown(error: unknown): boolean {
  let cause = error
  // A cause can lead back to itself; nobody wraps an error this often.
  for (let depth = 0; depth < 8 && cause instanceof Error; depth++, cause = cause.cause) {
    if (cause instanceof OutcomeUnknown) return true
    // Whoever wrote it knew, so what caused it does not matter.
    if (cause instanceof TerraformError) return false
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return true
    if (brokenConnection.has((cause as NodeJS.ErrnoException).code ?? '')) return true
  }
  return false
}

/** Failures after a request may have left. ECONNREFUSED and ENOTFOUND are not here: nothing was sent. */
const brokenConnection: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_ABORTED',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
])
