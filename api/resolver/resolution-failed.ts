import { failures as codes, type FailureCode, type ProblemCode } from '../../contract/problems.ts'
import type { BackendFailure } from '../backends/backend.ts'
import { AppError } from '../errors.ts'

/** Why one value could not be had, with everything that helps to find it. */
export interface Failure {
  readonly env?: string
  readonly secretId?: string
  readonly secretName?: string
  readonly providerId?: string
  readonly providerName?: string
  readonly path?: string
  readonly code: FailureCode
  readonly detail: string
  readonly availableKeys?: string[]
  /** Names like the one that is missing. */
  readonly nearest?: string[]
  readonly retryAfterSeconds?: number
  /** For the log alone. */
  readonly cause?: unknown
}

/** Nothing was given out, because not everything could be. When waiting may mend all of it, it says so. */
export class ResolutionFailed extends AppError {
  override readonly name: string = 'ResolutionFailed'
  readonly failures: readonly Failure[]

  constructor(failures: readonly Failure[]) {
    super()
    this.failures = failures
    this.message = this.sentence()
  }

  protected sentence(): string {
    const { length } = this.failures
    const values = length === 1 ? '1 value' : `${length} values`
    return `${values} could not be resolved; none was given out.`
  }

  get passing(): boolean {
    return this.failures.every(({ code }) => codes[code].passing)
  }

  get code(): ProblemCode {
    return this.passing ? 'provider_unavailable' : 'resolution_failed'
  }

  override get members() {
    const errors = this.failures.map(
      ({ retryAfterSeconds: _, cause: _cause, ...failure }) => failure,
    )
    return { errors }
  }

  override get causes(): readonly unknown[] {
    return this.failures.flatMap(({ cause }) => (cause === undefined ? [] : [cause]))
  }

  override get retryAfterSeconds(): number | undefined {
    if (!this.passing) return undefined
    return Math.max(
      ...this.failures.map(({ retryAfterSeconds = RETRY_AFTER }) => retryAfterSeconds),
    )
  }
}

/** What went wrong with a store, as it is told. */
export const toFailure = (error: BackendFailure) => ({
  code: error.code,
  ...(error.cause === undefined ? {} : { cause: error.cause }),
  detail: error.hint === undefined ? error.message : `${error.message} ${error.hint}`,
  ...(error.availableKeys === undefined ? {} : { availableKeys: [...error.availableKeys] }),
  ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
})

/** Unless a store asks for more. */
const RETRY_AFTER = 5
