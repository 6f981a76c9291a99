import { fieldError, type FieldIssue } from '../contract/field-errors.ts'
import {
  problems,
  type Doer,
  type Existing,
  type LastChange,
  type ProblemCode,
  type Reference,
} from '../contract/problems.ts'

/**
 * A refusal in the API's own words. `message` is shown to the caller, so it holds nothing that he
 * sent and nothing that a library said; what a library said goes in `cause`, for the log.
 */
export abstract class AppError extends Error {
  abstract readonly code: ProblemCode

  /** Members of the problem besides `code` and `detail`. */
  get members(): Readonly<Record<string, unknown>> {
    return {}
  }

  /** What was behind it, for the log. */
  get causes(): readonly unknown[] {
    return this.cause === undefined ? [] : [this.cause]
  }

  /** Seconds for `Retry-After`. */
  get retryAfterSeconds(): number | undefined {
    return undefined
  }
}

/** A refusal that has no more to say than its code and a sentence. */
export class Refused extends AppError {
  override readonly name = 'Refused'
  readonly code: ProblemCode
  readonly #retryAfterSeconds: number | undefined

  constructor(
    code: ProblemCode,
    detail: string = problems[code].title + '.',
    options: ErrorOptions & { readonly retryAfterSeconds?: number } = {},
  ) {
    super(detail, options)
    this.code = code
    this.#retryAfterSeconds = options.retryAfterSeconds
  }

  override get retryAfterSeconds(): number | undefined {
    return this.#retryAfterSeconds
  }
}

/**
 * The same words whether a thing does not exist or belongs to somebody else.
 *
 * @param detail - for who is known to see the thing, and looks for something about it
 */
export const notFound = (
  detail = 'There is no such thing, or this token may not see it.',
): Refused => new Refused('not_found', detail)

/** The name belongs to something else. */
export class NameTaken extends AppError {
  override readonly name = 'NameTaken'
  readonly code = 'name_taken'
  readonly #existing: Existing | undefined

  /** @param existing - what has the name, when the caller may read it */
  constructor(what: string, existing?: Existing) {
    super(`${what} of this name already exists. Choose another name, or change that one.`)
    this.#existing = existing
  }

  override get members() {
    return this.#existing ? { existing: this.#existing } : {}
  }
}

export const idTaken = (): Refused =>
  new Refused(
    'id_taken',
    'Something with this id already exists. Leave the id out, or choose another.',
  )

/** Does not say whose it is, nor whether it is still valid. */
export const tokenTaken = (): Refused =>
  new Refused('token_taken', 'This token exists already. Make another one, at random.')

/** Fields that need attention, all of them at once. */
export class Invalid extends AppError {
  override readonly name = 'Invalid'
  readonly code = 'invalid'
  readonly issues: readonly FieldIssue[]
  readonly #pointers: readonly string[]

  /** @param where - `body` points into the body, `query` names a parameter: `?limit` */
  constructor(issues: readonly FieldIssue[], where: 'body' | 'query' = 'body') {
    super(
      issues.length === 1 ? '1 field needs attention.' : `${issues.length} fields need attention.`,
    )
    this.issues = issues
    this.#pointers = issues.map((issue) =>
      where === 'query' ? `?${issue.path.map(String).join('.')}` : fieldError(issue).pointer,
    )
  }

  override get members() {
    const errors = this.issues.map(({ code, detail }, index) => ({
      pointer: this.#pointers[index],
      code,
      detail,
    }))
    return { errors }
  }
}

/** One field of the body that a rule refuses. */
export const invalidField = (path: string, code: string, detail: string): Invalid =>
  new Invalid([{ path: path.split('/'), code, detail }])

/** An id in a body that leads nowhere in this organization. */
export const unknownId = (field: string, what: string): Invalid =>
  invalidField(
    field,
    'unknown_id',
    what === 'organization'
      ? 'There is no organization with this id, or this token does not belong to it.'
      : `There is no ${what} with this id in the organization.${hints[what] ?? ''}`,
  )

const hints: Readonly<Record<string, string>> = {
  scope: ' The root scope has an id of its own, the `rootScopeId` of the organization.',
}

/** The change was meant for an older state of the thing. */
export class ChangedMeanwhile extends AppError {
  override readonly name = 'ChangedMeanwhile'
  readonly code = 'precondition_failed'
  readonly #lastChange: LastChange

  constructor(lastChange: LastChange) {
    const { at, by, revision } = lastChange
    const who = by ? ` by ${nameOf(by)}` : ''
    super(
      `It has changed in the meantime, at ${at}${who}: its revision is now r${revision}. Read it again, and repeat the change if it still applies.`,
    )
    this.#lastChange = lastChange
  }

  override get members() {
    return { lastChange: this.#lastChange }
  }
}

function nameOf(doer: Doer): string {
  if (doer.kind === 'token') return `the token \`${doer.name}\``
  return doer.kind === 'admin' ? 'an admin' : 'the API itself'
}

/** Something else still refers to it. */
export class InUse extends AppError {
  override readonly name = 'InUse'
  readonly code = 'in_use'
  readonly count: number
  readonly references: readonly Reference[]

  constructor(detail: string, count: number, references: readonly Reference[]) {
    super(detail)
    this.count = count
    this.references = references
  }

  override get members() {
    return { count: this.count, references: this.references }
  }
}
