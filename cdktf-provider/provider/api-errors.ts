import { ApiError, ApiUnreachable } from '../../contract/client.ts'
import type { FieldError, Problem as ApiProblem } from '../../contract/problems.ts'
import { OutcomeUnknown, TerraformError, type Problem } from '../plugin/index.ts'
import { fieldProblem, type PathOf } from './field-problem.ts'
import { describeFailure, whatFailed, type ResolutionFailure } from './resolution-failure.ts'

/** What an error is about, for the words of the diagnostic. */
export interface Subject {
  /** Such as `secret`. */
  readonly noun: string
  /** Such as `agyn_secret`. */
  readonly type: string
  readonly name: string
  /** What `terraform import` takes for it. */
  readonly importId: string
  readonly pathOf?: PathOf
  /** Whether `force_destroy` deletes it although it is in use. */
  readonly forcible?: boolean
}

/** Says what the API answered in Terraform's words: a sentence, what to do, and the attribute. */
export function explain(error: unknown, subject: Subject): unknown {
  if (error instanceof ApiUnreachable) return explainUnreachable(error)
  if (!(error instanceof ApiError)) return error
  const { noun, type, name, importId, forcible } = subject
  const { problem } = error
  switch (problem.code) {
    case 'invalid':
      return fieldProblems((problem.errors ?? []) as FieldError[], subject)
    case 'name_taken':
      return new TerraformError({
        summary: `${withArticle(noun)} named "${name}" already exists.`,
        detail: `It is never taken over silently. If it is not managed here yet, import it:\n\n  terraform import ${type}.NAME ${quote(importId)}\n\nOr choose another name.`,
        path: ['name'],
      })
    case 'in_use':
      return new TerraformError({
        summary: `The ${noun} "${name}" is still in use.`,
        detail: whatRefers(problem, forcible === true),
      })
    case 'unauthenticated':
      return new TerraformError({
        summary: 'The API does not accept the token.',
        detail: `${problem.detail} Give another one in \`api_token\` or AGYN_API_TOKEN.`,
      })
    default: {
      const detail = withRequestId(`${problem.detail}${causes(problem.errors)}`, problem.requestId)
      const summary = `The API could not do this with the ${noun} "${name}": ${problem.title.toLowerCase()}.`
      // After a fault of the API's own, or of its database, what was asked may have happened.
      const isUndecided = problem.status >= 500 && problem.code !== 'provider_unavailable'
      if (!isUndecided) return new TerraformError({ summary, detail })
      return new OutcomeUnknown({
        summary,
        detail: `${detail}\n\nApply again: the next refresh finds out whether it happened.`,
      })
    }
  }
}

function explainUnreachable(error: ApiUnreachable): unknown {
  const { code = '' } = (error.cause ?? {}) as { readonly code?: string }
  const hint = untrusted.has(code)
    ? 'Its certificate is not trusted: name the file of its authority in NODE_EXTRA_CA_CERTS.'
    : `Check \`api_url\`, and that the API runs.${process.env['HTTPS_PROXY'] ? ' This provider does not go through HTTPS_PROXY.' : ''}`
  const problem: Problem = {
    summary: 'The agyn-secrets API cannot be reached.',
    detail: `${error.message} ${hint}`,
  }
  const isSent = !untrusted.has(code) && !unreachable.has(code)
  return isSent ? new OutcomeUnknown(problem) : new TerraformError(problem)
}

/** No connection came about. */
const unreachable: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
])

/** The connection was given up before anything was sent over it. */
const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function fieldProblems(
  errors: readonly FieldError[],
  { noun, name, pathOf }: Subject,
): TerraformError {
  const summary = `The ${noun} "${name}" is not valid.`
  const [first, ...rest] = errors.map(({ pointer, detail }): Problem =>
    fieldProblem(summary, pathOfPointer(pointer), detail, pathOf),
  )
  return new TerraformError(first ?? { summary }, ...rest)
}

/** `#/config/address` of a body, `?storage` of a query. */
const pathOfPointer = (pointer: string): string[] =>
  pointer
    .split(/[/?]/)
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const withArticle = (noun: string): string => (/^[aeio]/.test(noun) ? `An ${noun}` : `A ${noun}`)

/** As one word of a shell's command line. */
const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

function whatRefers(
  { references = [], count = references.length, detail }: ApiProblem,
  forcible: boolean,
): string {
  const lines = references.map((each) => `\n  - ${each.kind} "${each.name}" (${each.id})`)
  const more = count > lines.length ? `\n  - and ${count - lines.length} more` : ''
  if (!forcible) return `${detail}\n${lines.join('')}${more}`
  return `What refers to it:\n${lines.join('')}${more}\n\nWith \`force_destroy = true\`, once applied, it is destroyed all the same; what refers to it then fails to resolve.`
}

/** Failures of a resolution, each with everything that is known of it. */
const causes = (errors: readonly unknown[] = []): string =>
  (errors as readonly ResolutionFailure[])
    .map((failure) => `\n\n- ${whatFailed(failure)}: ${describeFailure(failure)}`)
    .join('')

const withRequestId = (text: string, requestId: string | undefined): string =>
  requestId === undefined ? text : `${text}\n\nRequest id: ${requestId}`
