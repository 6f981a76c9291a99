import * as z from 'zod'
import type { FieldIssue } from '../field-errors.ts'

/**
 * Adds rules between the fields of an object. They also run when single fields are wrong, so that
 * everything is reported at once; what they read may therefore have any shape.
 */
export function withRules<Schema extends z.ZodType>(
  schema: Schema,
  rules: (fields: Readonly<Record<string, unknown>>) => readonly FieldIssue[],
): Schema {
  const check = z.superRefine<z.output<Schema>>((value, context) => {
    for (const { path, code, detail } of rules(value as Record<string, unknown>)) {
      context.addIssue({ code: 'custom', path: [...path], message: detail, params: { code } })
    }
  })
  // zod skips checks after the first error; `refine` has `when` for that, `superRefine` only here.
  check._zod.def.when = ({ value }) => isObject(value)
  return schema.check(check)
}

/** A refinement that refuses with the complaint about a text, under a code of ours. */
export const refusing =
  (complaintAbout: (text: string) => string | undefined, code: string) =>
  (text: string, context: z.RefinementCtx): void => {
    const message = complaintAbout(text)
    if (message !== undefined) context.addIssue({ code: 'custom', message, params: { code } })
  }

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
