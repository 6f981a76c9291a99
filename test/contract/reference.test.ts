import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatReference,
  parseReference,
  InvalidReference,
  type SecretReference,
} from '../../contract/reference.ts'

const text = fc.string({ unit: 'grapheme', minLength: 1 })

const reference: fc.Arbitrary<SecretReference> = fc
  .record(
    { provider: text, path: text, key: text, version: text },
    { requiredKeys: ['provider', 'path'] },
  )
  .map((parts) => ({ ...parts }))

describe('a reference', () => {
  it('is read back exactly, whatever its parts hold', () => {
    fc.assert(
      fc.property(reference, (parts) => {
        expect(parseReference(formatReference(parts))).toEqual(parts)
      }),
      { numRuns: 2000 },
    )
  })

  it.each<[string, SecretReference]>([
    ['vault-prod://kv/data/prod/db', { provider: 'vault-prod', path: 'kv/data/prod/db' }],
    [
      'vault://kv/db?version=3#password',
      { provider: 'vault', path: 'kv/db', version: '3', key: 'password' },
    ],
    [
      'Production%20AWS://prod/stripe#%2Fdb%2Fpassword',
      { provider: 'Production AWS', path: 'prod/stripe', key: '/db/password' },
    ],
    [
      '%3A%2F%2F://a%3Fb%23c?version=a%26b#x%25y',
      { provider: '://', path: 'a?b#c', version: 'a&b', key: 'x%y' },
    ],
  ])('is written as %s', (written, parts) => {
    expect(formatReference(parts)).toBe(written)
    expect(parseReference(written)).toEqual(parts)
  })

  it.each([
    '',
    'kv/data/db',
    'vault:/kv',
    'vault://',
    '://kv',
    'vault://kv?',
    'vault://kv?v=1',
    'vault://kv?version=',
    'vault://kv?version=1&key=x',
    'vault://kv#',
    'vault://kv%',
    'vault://kv%zz',
    'vault://kv#%ff',
  ])('is not %j, and the refusal says how it reads', (written) => {
    expect(() => parseReference(written)).toThrow(InvalidReference)
    expect(() => parseReference(written)).toThrow(/reference/)
  })

  it('that is any text is read or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        try {
          parseReference(written)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidReference)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
