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

/** What zod found, in the words of this API. */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.flatMap((issue): FieldIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        code: 'unknown_field',
        detail: 'There is no such field here. Check the spelling, or leave it out.',
      }))
    }
    return [{ path: issue.path, ...codeAndDetail(issue) }]
  })
}

function codeAndDetail(issue: z.core.$ZodIssue): { code: string; detail: string } {
  switch (issue.code) {
    case 'invalid_type':
      // The input itself is not part of an issue; the message alone says whether it was there.
      return issue.message.endsWith('received undefined')
        ? { code: 'required', detail: 'This field is required.' }
        : { code: 'invalid_type', detail: `This must be ${withArticle(issue.expected)}.` }
    case 'invalid_format':
      return { code: `invalid_${issue.format}`, detail: issue.message }
    case 'invalid_union':
      return { code: 'invalid_value', detail: `Give one of ${optionsOf(issue)}.` }
    case 'custom':
      return { code: String(issue.params?.['code'] ?? 'invalid_value'), detail: issue.message }
    default:
      return { code: issue.code, detail: issue.message }
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
