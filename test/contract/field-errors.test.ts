import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { fieldIssues, pointerTo } from '../../contract/field-errors.ts'
import { looksLikeMask, MASK } from '../../contract/masking.ts'

const schema = z.strictObject({
  url: z.url('Give a URL.'),
  count: z.int(),
  choice: z.enum(['a', 'b'], 'Give a or b.'),
  list: z.array(z.strictObject({ 'a/b~c': z.string() })).optional(),
  union: z
    .union([z.string(), z.strictObject({ x: z.string() })], 'Give a text or an x.')
    .optional(),
})

const found = (input: unknown) => {
  const { error } = schema.safeParse(input)
  return error
    ? fieldIssues(error, input).map(({ path, ...issue }) => [pointerTo(path), issue])
    : []
}

describe('what is wrong with a body', () => {
  it('is said of each field that is missing, in its own words when it has some', () => {
    expect(found({})).toEqual([
      ['#/url', { code: 'required', detail: 'This field is required. Give a URL.' }],
      ['#/count', { code: 'required', detail: 'This field is required.' }],
      ['#/choice', { code: 'required', detail: 'This field is required. Give a or b.' }],
    ])
  })

  it('is said of each field that is of another kind', () => {
    expect(found({ url: 7, count: '7', choice: 'c' })).toEqual([
      ['#/url', { code: 'invalid_type', detail: 'Give a URL.' }],
      ['#/count', { code: 'invalid_type', detail: 'This must be a number.' }],
      ['#/choice', { code: 'invalid_value', detail: 'Give a or b.' }],
    ])
  })

  it('is said of a union in its own words', () => {
    const input = { url: 'https://x.test', count: 1, choice: 'a', union: 5 }
    expect(found(input)).toEqual([
      ['#/union', { code: 'invalid_value', detail: 'Give a text or an x.' }],
    ])
  })

  it('points at what no field is called, however it is called', () => {
    const input = { url: 'https://x.test', count: 1, choice: 'a', list: [{ 'a/b~c': 7 }], 'x/y': 1 }
    expect(found(input)).toEqual([
      ['#/list/0/a~1b~0c', { code: 'invalid_type', detail: 'This must be a string.' }],
      ['#/x~1y', { code: 'unknown_field', detail: expect.stringMatching(/spelling/) }],
    ])
  })

  it('never quotes what was sent', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (one, other) => {
        const text = JSON.stringify(
          found({
            url: ['canary-url', one],
            count: 'canary-count',
            choice: 'canary',
            list: [{ 'a/b~c': other }],
          }),
        )
        expect(text).not.toContain('canary')
      }),
    )
  })
})

describe('a mask', () => {
  it.each([MASK, '•••', '***', '•*•'])('is %s', (text) => expect(looksLikeMask(text)).toBe(true))
  it.each(['', '*', '••', '*a**', '*** ', '···', '***\n'])('is not %j', (text) =>
    expect(looksLikeMask(text)).toBe(false),
  )
})
