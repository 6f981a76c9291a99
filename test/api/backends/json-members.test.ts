import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../api/backends/json-members.ts'

const membersOf = (text: string): [string, string][] | null => {
  const json = readJson(text)
  return json?.kind === 'object' ? [...json.members] : null
}
const elementsOf = (text: string): readonly string[] | null => {
  const json = readJson(text)
  return json?.kind === 'array' ? json.elements : null
}

describe('readJson', () => {
  it('gives each member as the text it was written as', () => {
    const text =
      ' {"n" : 12345678901234567890 , "f":1.10,"e":1E400,\n"__proto__": {"a" :[1, 2]},"1":-0,"s":"\\u0041,}" } '
    expect(membersOf(text)).toEqual([
      ['n', '12345678901234567890'],
      ['f', '1.10'],
      ['e', '1E400'],
      ['__proto__', '{"a" :[1, 2]}'],
      ['1', '-0'],
      ['s', '"\\u0041,}"'],
    ])
  })

  it('reads names with escapes, and the last of two that are the same', () => {
    expect(membersOf('{"a\\"b":1,"\\u0061":2,"a":3,"\\\\":4,"":5}')).toEqual([
      ['a"b', '1'],
      ['a', '3'],
      ['\\', '4'],
      ['', '5'],
    ])
  })

  it('gives the elements of an array', () => {
    expect(elementsOf('[1, [2,3] ,"a,b" , {"c":[4]}]')).toEqual([
      '1',
      '[2,3]',
      '"a,b"',
      '{"c":[4]}',
    ])
    expect(elementsOf(' [ ] ')).toEqual([])
    expect(membersOf('{ }')).toEqual([])
  })

  it('tells text, null and the rest apart', () => {
    expect(readJson('"a\\nb"')).toEqual({ kind: 'string', value: 'a\nb' })
    expect(readJson(' null ')).toEqual({ kind: 'null' })
    expect(readJson('12')).toEqual({ kind: 'other' })
  })

  it.each(['', 'x', '{', '{"a":1,}', '[1,]', "{'a':1}", '{"a":1}x', '\ufeff{}', '01', 'NaN'])(
    'is null for %j',
    (text) => {
      expect(readJson(text)).toBeNull()
    },
  )

  it('agrees with JSON.parse on every JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const json = readJson(JSON.stringify(value, null, space))
        if (json?.kind === 'object') {
          const parsed = [...json.members].map(([name, text]) => [
            name,
            JSON.parse(text) as unknown,
          ])
          expect(parsed).toEqual(Object.entries(JSON.parse(JSON.stringify(value)) as object))
        } else if (json?.kind === 'array') {
          expect(json.elements.map((text) => JSON.parse(text) as unknown)).toEqual(
            JSON.parse(JSON.stringify(value)),
          )
        } else if (json?.kind === 'string') expect(json.value).toBe(value)
        else expect(json?.kind).toBe(value === null ? 'null' : 'other')
      }),
      { numRuns: 3000 },
    )
  })

  it('reads what is nested deeper than the stack', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(membersOf(`{"a":${deep}}`)?.[0]?.[1]).toBe(deep)
  })
})
