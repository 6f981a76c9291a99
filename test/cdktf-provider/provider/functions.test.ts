import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTokenShaped } from '../../../contract/api-token.ts'
import { TerraformError } from '../../../cdktf-provider/plugin/index.ts'
import { apiToken } from '../../../cdktf-provider/provider/functions/api-token.ts'
import { formatReference } from '../../../cdktf-provider/provider/functions/format-reference.ts'
import { parseReference } from '../../../cdktf-provider/provider/functions/parse-reference.ts'

/** What a function says is wrong, and of which argument. */
function refusal(call: () => unknown) {
  try {
    call()
  } catch (error) {
    if (error instanceof TerraformError) return error.problems[0]
    throw error
  }
  return undefined
}

describe('parse_reference and format_reference', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 })
  const parts = fc.record({
    provider: text,
    path: text,
    key: fc.option(text),
    version: fc.option(text),
  })

  it('undo each other, whatever the parts hold', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const { provider, path, key, version } = given
        const reference = formatReference.call({ provider, path }, [key, version])
        expect(parseReference.call({ reference }, [])).toEqual(given)
      }),
    )
  })

  it('leave out what is not given', () => {
    const where = { provider: 'vault', path: 'kv/db' }
    expect(formatReference.call(where, [])).toBe('vault://kv/db')
    expect(formatReference.call(where, [null])).toBe('vault://kv/db')
    expect(formatReference.call(where, ['password'])).toBe('vault://kv/db#password')
    expect(formatReference.call(where, [null, '3'])).toBe('vault://kv/db?version=3')
  })

  it.each([
    ['', 'A reference reads provider://path'],
    ['vault', 'A reference reads provider://path'],
    ['vault://kv/db?v=3', 'After `?` a reference has `version=`'],
    ['vault://kv/db#', 'After `#` a reference has the name of a key.'],
    ['vault://kv/50%', 'A `%` in a reference begins two hex digits'],
  ])('refuse %j, and point to it', (reference, message) => {
    expect(refusal(() => parseReference.call({ reference }, []))).toEqual({
      summary: expect.stringContaining(message) as string,
      path: ['reference'],
    })
  })

  it.each([
    [{ provider: '', path: 'p' }, [], ['provider']],
    [{ provider: 'v', path: '' }, [], ['path']],
    [{ provider: 'v', path: 'p' }, [''], ['rest', 0]],
    [{ provider: 'v', path: 'p' }, ['k', ''], ['rest', 1]],
    [{ provider: 'v', path: 'p' }, ['k', '1', 'x'], ['rest', 2]],
  ])('refuse %j with %j, and point to what is wrong', (where, rest, path) => {
    expect(refusal(() => formatReference.call(where, rest))).toMatchObject({ path })
  })
})

describe('api_token', () => {
  it('makes a token that the API takes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z]{43}$/), (random) => {
        expect(isTokenShaped(apiToken.call({ random }, []))).toBe(true)
      }),
    )
  })

  it.each(['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}-`])(
    'refuses %j without repeating it',
    (random) => {
      const problem = refusal(() => apiToken.call({ random }, []))
      expect(problem?.path).toEqual(['random'])
      expect(problem?.summary).toBe('Give 43 letters and digits, drawn at random.')
    },
  )
})
