/**
 * Every refusal the API can give. `type` and `title` stay the same for a code; `detail` tells one
 * caller what happened and what to do. Plain data, so that the Terraform provider starts with it.
 */
export const problems = {
  malformed: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'No valid token' },
  forbidden: { status: 403, title: 'The token may not do this' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  name_taken: { status: 409, title: 'The name is taken' },
  id_taken: { status: 409, title: 'The id is taken' },
  token_taken: { status: 409, title: 'The token is taken' },
  path_taken: { status: 409, title: 'The path is taken' },
  in_use: { status: 409, title: 'Still in use' },
  token_not_shown_again: { status: 409, title: 'The token was shown once' },
  request_in_progress: { status: 409, title: 'The first request still runs' },
  precondition_failed: { status: 412, title: 'It has changed in the meantime' },
  too_large: { status: 413, title: 'The request is too large' },
  invalid: { status: 422, title: 'The request is not valid' },
  idempotency_key_reused: { status: 422, title: 'The key belongs to another request' },
  resolution_failed: { status: 422, title: 'Not everything could be resolved' },
  write_failed: { status: 422, title: 'The store did not take the value' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  provider_unavailable: { status: 503, title: 'A provider cannot be reached' },
  database_unavailable: { status: 503, title: 'The database cannot be reached' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>

export type ProblemCode = keyof typeof problems

/** The `type` of a problem: a stable name, at which the API also says what it means. */
export const problemType = (code: ProblemCode): string => `/problems/${code}`

/**
 * Why one value could not be had. `passing` failures may be mended by waiting; when every failure of
 * a resolution is passing, the answer is 503 with `Retry-After` in place of 422.
 */
export const failures = {
  secret_missing: { passing: false },
  secret_pending: { passing: true },
  secret_deleted: { passing: false },
  secret_unreadable: { passing: false },
  provider_deleted: { passing: false },
  path_missing: { passing: false },
  path_invalid: { passing: false },
  path_taken: { passing: false },
  key_missing: { passing: false },
  version_missing: { passing: false },
  version_deleted: { passing: false },
  secret_disabled: { passing: false },
  secret_expired: { passing: false },
  not_ours: { passing: false },
  forbidden: { passing: false },
  address_refused: { passing: false },
  misconfigured: { passing: false },
  unreachable: { passing: true },
  timeout: { passing: true },
  throttled: { passing: true },
  sealed: { passing: true },
  redirect_refused: { passing: false },
  unreadable_answer: { passing: false },
  too_large: { passing: false },
  not_text: { passing: false },
  env_collision: { passing: false },
} as const satisfies Record<string, { readonly passing: boolean }>

export type FailureCode = keyof typeof failures

/** One field that needs attention: a JSON Pointer into the body (`#/config/address`), or a query parameter (`?limit`). */
export interface FieldError {
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

/** What refers to a thing that was to be deleted. */
export interface Reference {
  readonly kind: string
  readonly id: string
  readonly name: string
  /** Of an env: who receives it. */
  readonly consumer?: { readonly kind: string; readonly id: string }
}

/** Who did something, as far as the caller may know it. Of an admin not which one: he belongs to nobody here. */
export type Doer =
  | { readonly kind: 'token'; readonly id: string; readonly name: string }
  | { readonly kind: 'admin' }
  | { readonly kind: 'system' }

/** The change that came before one that was meant for an older revision. */
export interface LastChange {
  readonly at: string
  /** The revision that it made, which is that of the thing now. */
  readonly revision: number
  /** Absent when the audit log does not say, or nothing that this caller may know. */
  readonly by?: Doer
}

/** What has the name that was asked for. */
export interface Existing {
  readonly id: string
  readonly createdAt: string
  readonly createdBy?: Doer
}

/** The body of every answer of status 400 and above: RFC 9457, `application/problem+json`. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  readonly requestId?: string
  readonly errors?: readonly unknown[]
  readonly count?: number
  readonly references?: readonly Reference[]
  /** Of `precondition_failed`. */
  readonly lastChange?: LastChange
  /** Of `name_taken`, to a creating request whose sender may read it. */
  readonly existing?: Existing
}
