import type { ProblemCode } from '../problems.ts'

/** Who may call an operation. Admin includes owner, owner includes member; the runtime roles stand apart. */
export type Role = 'admin' | 'owner' | 'member' | 'orchestrator' | 'llm_proxy'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Express's own syntax, so a parameter is `:id`. */
  readonly path: `/api/${string}`
  /** The least role; `any` is every valid token. */
  readonly roles: readonly (Role | 'any')[]
  /** A token that is limited to a scope may call it, on what lies there and below. Others concern the whole organization. */
  readonly scoped?: true
  /** Status of success. */
  readonly status: 200 | 201 | 204
  /** What it can answer besides the problems that every operation shares. */
  readonly problems: readonly ProblemCode[]
  readonly summary: string
}

/** What any operation can answer: the caller, the request or the deployment is not in order. */
export const sharedProblems = [
  'malformed',
  'unauthenticated',
  'forbidden',
  'too_large',
  'invalid',
  'rate_limited',
  'internal',
  'database_unavailable',
] as const satisfies readonly ProblemCode[]

/** What any operation that creates can answer as well, to a request with an `Idempotency-Key`. */
export const creatingProblems = [
  'not_found',
  'request_in_progress',
  'idempotency_key_reused',
] as const satisfies readonly ProblemCode[]
