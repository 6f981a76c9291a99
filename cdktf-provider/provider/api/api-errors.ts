import { ApiError, ApiUnreachable, mayChange } from '../../../contract/client.ts'
import type { Doer, FieldError, Problem as ApiProblem } from '../../../contract/problems.ts'
import { OutcomeUnknown, TerraformError, type Problem } from '../../plugin/index.ts'
import { fieldProblem, type PathOf } from '../field-problem.ts'
import { explainUnreachable } from './unreachable.ts'
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
  const refusal = explainRefusal(error, subject)
  return error.wasSentBefore ? new OutcomeUnknown(...refusal.problems) : refusal
}

function explainRefusal(error: ApiError, subject: Subject): TerraformError {
  const { noun, type, name, forcible } = subject
  const { problem } = error
  switch (problem.code) {
    case 'invalid':
      return fieldProblems((problem.errors ?? []) as FieldError[], subject)
    case 'name_taken':
      return error.operation.startsWith('Create')
        ? nameTaken(problem, subject)
        : new TerraformError({
            summary: `Another ${noun} is named "${name}".`,
            detail:
              'Choose another name, or rename that one first. Two that exchange their names need a third one in between.',
            path: ['name'],
          })
    case 'token_taken':
      return new TerraformError({
        summary: 'The token exists already.',
        detail: `${problem.detail} If an apply was killed when it had just made it, it is there under its name: look for it with \`data "agyn_api_tokens"\`, and import it by its id (\`terraform import ${type}.NAME ID\`) or revoke it (\`DELETE /api/api-tokens/{id}\`).`,
        path: ['token_wo'],
      })
    case 'precondition_failed':
      return changedMeanwhile(error, subject)
    case 'not_found':
      return new TerraformError({
        summary: `There is no ${noun} "${name}" any more.`,
        detail:
          'It was deleted since the plan was made, or the token may not see it. Run plan again: it shows what is there.',
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
      if (problem.status < 500) return new TerraformError({ summary, detail })
      if (!mayChange(error.operation)) {
        return new TerraformError({
          summary,
          detail: `${detail}\n\nIt was only read. Run this again.`,
        })
      }
      // What was asked may have happened, or may happen yet: a store can take a value late.
      if (problem.code === 'provider_unavailable') return new OutcomeUnknown({ summary, detail })
      return new OutcomeUnknown({
        summary,
        detail: `${detail}\n\nApply again: the next refresh finds out whether it happened.`,
      })
    }
  }
}

/** It is never taken over, also where it is what a killed apply had made: that is for the user to say. */
function nameTaken(
  { existing }: ApiProblem,
  { noun, type, name, importId }: Subject,
): TerraformError {
  const command = `terraform import ${type}.NAME ${quote(existing?.id ?? importId)}`
  const origin = existing
    ? `It was made ${by(existing.createdBy)} at ${existing.createdAt}, and its id is ${existing.id}.`
    : 'It may have been made by somebody else.'
  return new TerraformError({
    summary: `${withArticle(noun)} named "${name}" already exists.`,
    detail: `${origin} It is never taken over silently. If it is meant to be this one, as after an apply that was killed when it had just made it, import it and apply again:\n\n  ${command}\n\nOr choose another name.`,
    path: ['name'],
  })
}

function changedMeanwhile(
  { problem: { lastChange }, wasSentBefore }: ApiError,
  { noun, name }: Subject,
): TerraformError {
  const change = lastChange ? `It was changed ${by(lastChange.by)} at ${lastChange.at}. ` : ''
  const own = wasSentBefore
    ? 'This apply had sent its change before, when the API was away: that may be the one. '
    : ''
  return new TerraformError({
    summary: `The ${noun} "${name}" was changed since the plan was made.`,
    detail: `${change}${own}Nothing of that is overwritten. Run plan again and look at what it shows: apply to set it back, or write the change into the configuration.`,
  })
}

function by(doer: Doer | undefined): string {
  if (doer?.kind === 'token') return `by the token "${doer.name}"`
  if (doer?.kind === 'admin') return 'by an admin'
  return doer?.kind === 'system' ? 'by the API itself' : 'by somebody'
}

function fieldProblems(
  errors: readonly FieldError[],
  { noun, name, pathOf }: Subject,
): TerraformError {
  const summary = `The ${noun} "${name}" is not valid.`
  const [first, ...rest] = errors.map(({ pointer, detail }): Problem =>
    fieldProblem(summary, pathOfPointer(pointer), `${detail}${hintAt(pointer)}`, pathOf),
  )
  return new TerraformError(first ?? { summary }, ...rest)
}

/** What the API leaves to its caller to be said otherwise, Terraform has an argument for. */
const hintAt = (pointer: string): string =>
  pointer === '#/organizationId' ? ' Give `organization_id`, here or in the provider block.' : ''

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
