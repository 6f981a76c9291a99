import { describe, expect, it } from 'vitest'
import type { ConfigField } from '../../contract/schemas/provider-types/provider-type.ts'
import { mergeConfigFields, wordsOf } from '../../scripts/merge-config-fields.ts'

const field: ConfigField = { key: 'token', label: 'Token', type: 'text', required: true }

describe('mergeConfigFields', () => {
  it('makes one field of those that agree, in the words of each', () => {
    const one = { ...field, sensitive: true, default: 'x' } as const
    expect(mergeConfigFields({ a: [one], b: [{ ...one, help: 'Opens it.' }] })).toMatchObject([
      {
        key: 'token',
        builder: 'text',
        sensitive: true,
        destination: false,
        default: 'x',
        descriptions: ['`a`: Token `x` when left out.', '`b`: Opens it. `x` when left out.'],
      },
    ])
  })

  it('says once what several types say alike', () => {
    const [merged] = mergeConfigFields({
      a: [field],
      b: [{ ...field, help: 'Other.' }],
      c: [field],
    })
    expect(merged?.descriptions).toEqual(['`a`, `c`: Token', '`b`: Other.'])
  })

  it.each<[string, Partial<ConfigField>]>([
    ['sensitive', { sensitive: true }],
    ['destination', { destination: true }],
    ['default', { default: 'x' }],
    ['builder', { options: [1, 2] }],
  ])('refuses fields that differ in %s, whichever comes first', (fact, marks) => {
    const other = { ...field, ...marks }
    for (const [a, b] of [
      [field, other],
      [other, field],
    ] as const) {
      expect(() => mergeConfigFields({ a: [a], b: [b] })).toThrow(`\`token\` has ${fact}`)
    }
  })
})

describe('wordsOf', () => {
  it('names what a field can be, unless that is a number, which its help tells', () => {
    const method = { ...field, help: 'How to log in.', default: 'token' } as const
    expect(wordsOf({ ...method, options: ['token', 'approle'] })).toBe(
      'How to log in. One of `token`, `approle`. `token` when left out.',
    )
    expect(wordsOf({ ...field, help: 'Version 1 or 2.', options: [1, 2] })).toBe('Version 1 or 2.')
  })
})
