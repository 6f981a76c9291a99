import type { FieldIssue } from '../../contract/field-errors.ts'
import type { bodySchemas as bodies } from '../../contract/validation.ts'
import { isUnknown, type Diagnostics } from '../plugin/index.ts'
import { fieldProblem, type PathOf } from './field-problem.ts'

/**
 * Checks a request body at plan with the schema that the API will check it with, and puts each
 * message on its attribute.
 *
 * What is unknown is not guessed: it may turn out to be null or anything else, so a message is told
 * only when it holds either way, and never of what is unknown itself.
 *
 * @param fields - the body by the API's names; null is absent
 */
export async function validateBody(
  operation: keyof typeof bodies,
  fields: Readonly<Record<string, unknown>>,
  diagnostics: Diagnostics,
  {
    summary,
    pathOf,
    only = () => true,
  }: {
    readonly summary: string
    readonly pathOf?: PathOf
    /** Which of what is wrong is told. */
    readonly only?: (issue: FieldIssue) => boolean
  },
): Promise<void> {
  // Loads zod, after the handshake and only when there is something to check.
  const { bodySchemas, fieldIssues } = await import('../../contract/validation.ts')
  const schema = await bodySchemas[operation]()
  const issuesWith = (standIn: string | undefined): FieldIssue[] => {
    const body = complete(fields, standIn)
    const parsed = schema.safeParse(body)
    return [...(parsed.success ? [] : fieldIssues(parsed.error, body)), ...upperCaseIds(body)]
  }
  const unknown = placesOfUnknown(fields)
  const absent = issuesWith(undefined)
  const present = unknown.size === 0 ? absent : issuesWith('some text')
  const told = new Set<string>()
  for (const { path, code, detail } of absent.filter(only)) {
    const steps = path.map(String)
    if (steps.some((_, index) => unknown.has(steps.slice(0, index + 1).join('/')))) continue
    const either = present.some((one) => one.code === code && one.path.join() === path.join())
    if (!either) continue
    const problem = fieldProblem(summary, steps, detail, pathOf)
    // Two fields that are missing together are told once.
    if (told.has(JSON.stringify(problem))) continue
    told.add(JSON.stringify(problem))
    diagnostics.error(problem)
  }
}

/** The body, with every unknown as `standIn`, and without what is absent. */
function complete(
  fields: Readonly<Record<string, unknown>>,
  standIn: string | undefined,
): Record<string, unknown> {
  const entries = Object.entries(fields).map(([key, value]): [string, unknown] => [
    key,
    isUnknown(value) ? standIn : isNested(value) ? complete(value, standIn) : value,
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined))
}

function placesOfUnknown(
  fields: Readonly<Record<string, unknown>>,
  at: readonly string[] = [],
): Set<string> {
  const places = Object.entries(fields).flatMap(([key, value]) => {
    const path = [...at, key]
    if (isUnknown(value)) return [path.join('/')]
    return isNested(value) ? [...placesOfUnknown(value, path)] : []
  })
  return new Set(places)
}

const isNested = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value)

/** The API takes ids in any case and answers them in lower case, which Terraform would call a change. */
const upperCaseIds = (body: Readonly<Record<string, unknown>>): FieldIssue[] =>
  Object.entries(body)
    .filter(([key, value]) => key.endsWith('Id') && String(value) !== String(value).toLowerCase())
    .map(([key]) => ({ path: [key], code: 'upper_case', detail: 'Write an id in lower case.' }))
