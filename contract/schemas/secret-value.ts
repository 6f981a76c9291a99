import * as z from 'zod'
import type { FieldIssue } from '../field-errors.ts'
import { looksLikeMask, sensitive } from '../masking.ts'
import { base64Length, MAX_VALUE_BYTES, TOO_BIG, utf8Length } from './value-size.ts'

export const encoding = z
  .enum(['utf8', 'base64'], 'Give utf8 or base64.')
  .describe('How `value` is written: as text, or binary in base64.')

export const value = sensitive(z.string()).describe('The value, kept byte for byte.')

/** What zod cannot say of one field alone: the bytes that `value` and `encoding` make together. */
export function valueIssues({ value, encoding }: Fields): FieldIssue[] {
  const wrong = (code: string, detail: string): FieldIssue[] => [issue('value', code, detail)]
  if (typeof value !== 'string') {
    return encoding === undefined || value !== undefined
      ? []
      : [issue('encoding', 'conflict', 'Give `encoding` together with `value`.')]
  }
  if (looksLikeMask(value)) {
    return wrong('mask', 'This is a mask, not a value: give the value itself.')
  }
  if (encoding === 'base64') {
    const length = base64Length(value)
    if (length === undefined) {
      return wrong('invalid_base64', 'This is not base64 (RFC 4648, with padding, on one line).')
    }
    return length > MAX_VALUE_BYTES ? wrong('too_big', TOO_BIG) : []
  }
  if (!value.isWellFormed()) {
    return wrong(
      'invalid_text',
      'This text has an unpaired surrogate and cannot be kept byte for byte; give it in base64.',
    )
  }
  return utf8Length(value) > MAX_VALUE_BYTES ? wrong('too_big', TOO_BIG) : []
}

/** The fields of a body as they were sent, of any shape. */
export type Fields = Readonly<Record<string, unknown>>

export const issue = (key: string, code: string, detail: string): FieldIssue => ({
  path: [key],
  code,
  detail,
})
