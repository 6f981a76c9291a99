import type * as z from 'zod'
import type { FieldError } from './problems.ts'

/** One thing that is wrong, by its place in a body. */
export interface FieldIssue {
  readonly path: readonly PropertyKey[]
  readonly code: string
  /** A sentence that says what to do, and quotes nothing of the value. */
  readonly detail: string
}

/** JSON Pointer of a place in a body, as a URI fragment: `#/config/address`. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  '#' + path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

export const fieldError = ({ path, code, detail }: FieldIssue): FieldError => ({
  pointer: pointerTo(path),
  code,
  detail,
})

/**
 * What zod found, in the words of this API: the first complaint about each field, since what comes
 * after it is mostly an echo.
 *
 * @param input - what was checked: zod does not say whether a field was there
 */
export function fieldIssues(error: z.ZodError, input?: unknown): FieldIssue[] {
  const isAbsent = ({ path, message }: z.core.$ZodIssue) =>
    input === undefined ? message.endsWith('received undefined') : at(input, path) === undefined
  const issues = error.issues.flatMap((issue): FieldIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        code: 'unknown_field',
        detail: 'There is no such field here. Check the spelling, or leave it out.',
      }))
    }
    return [{ path: issue.path, ...codeAndDetail(issue, isAbsent(issue)) }]
  })
  const first = new Map<string, FieldIssue>()
  for (const issue of issues) {
    const place = pointerTo(issue.path)
    if (!first.has(place)) first.set(place, issue)
  }
  return [...first.values()]
}

/** What stands at a place; undefined when nothing does. */
const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    input,
  )

function codeAndDetail(
  issue: z.core.$ZodIssue,
  isAbsent: boolean,
): { code: string; detail: string } {
  const isOurs = !issue.message.startsWith('Invalid ') // zod's own words begin so
  switch (issue.code) {
    case 'custom':
      return { code: String(issue.params?.['code'] ?? 'invalid_value'), detail: issue.message }
    case 'invalid_type':
      if (isAbsent) break
      return {
        code: 'invalid_type',
        detail: isOurs ? issue.message : `This must be ${withArticle(issue.expected)}.`,
      }
    case 'invalid_format':
      return { code: `invalid_${issue.format}`, detail: issue.message }
    case 'invalid_union':
      if (isAbsent) break
      return {
        code: 'invalid_value',
        detail: isOurs ? issue.message : `Give one of ${optionsOf(issue)}.`,
      }
    default:
      if (isAbsent) break
      return { code: issue.code, detail: issue.message }
  }
  return {
    code: 'required',
    detail: isOurs ? `This field is required. ${issue.message}` : 'This field is required.',
  }
}

function withArticle(type: string): string {
  const noun = type === 'record' ? 'object' : type
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`
}

const optionsOf = (issue: object): string =>
  ('options' in issue && Array.isArray(issue.options) ? issue.options : [])
    .filter((option) => option !== null && option !== undefined)
    .join(', ')
