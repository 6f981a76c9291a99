import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameComplaint } from '../../contract/names.ts'
import {
  formatTemplate,
  InvalidTemplate,
  parseTemplate,
  renamePlaces,
  type TemplatePart,
} from '../../contract/template.ts'

describe('parseTemplate', () => {
  it.each<[string, TemplatePart[]]>([
    ['', []],
    ['plain', ['plain']],
    ['${secret:a}', [{ scope: [], name: 'a' }]],
    [
      'postgres://${secret:db-user}:${secret:payments/eu/db-password}@db/app',
      [
        'postgres://',
        { scope: [], name: 'db-user' },
        ':',
        { scope: ['payments', 'eu'], name: 'db-password' },
        '@db/app',
      ],
    ],
    ['$${secret:a}', ['${secret:a}']],
    ['$$${secret:a}', ['$', { scope: [], name: 'a' }]],
    ['a$b$', ['a$b$']],
    ['pa$$word', ['pa$word']],
    ['${secret:a%7Db}', [{ scope: [], name: 'a}b' }]],
    ['${secret:1/2/3/a}', [{ scope: ['1', '2', '3'], name: 'a' }]],
    ['${secret:a b}}', [{ scope: [], name: 'a b' }, '}']],
  ])('reads %j', (text, parts) => {
    expect(parseTemplate(text)).toEqual(parts)
  })

  it.each([
    ['${', 'only ${secret:NAME} is known'],
    ['x${HOME}', 'At character 2: only ${secret:NAME} is known'],
    ['${Secret:a}', 'only ${secret:NAME} is known'],
    ['ab${secret:a', 'At character 3: the brace is never closed'],
    ['${secret:}', 'name a secret'],
    ['${secret:/a}', 'name a secret'],
    ['${secret:a//b}', 'name a secret'],
    ['${secret:a/}', 'name a secret'],
    ['${secret:%}', 'write `%25`'],
    ['x${secret:%00}', 'At character 2: nothing can be called so. A name has no `/`'],
    ['${secret:a%2Fb}', 'A name has no `/` and no control character.'],
    ['${secret:a%2fb/c}', 'A name has no `/` and no control character.'],
    ['${secret:a\nb}', 'A name has no `/` and no control character.'],
    ['${secret:a\ud800}', 'A name has no `/` and no control character.'],
    ['${secret:%20a}', 'A name has no space at either end.'],
    [`\${secret:${'a'.repeat(201)}}`, 'A name has at most 200 characters.'],
    [`\${secret:${'a'.repeat(201)}/b}`, 'A name has at most 200 characters.'],
    ['${secret:1/2/3/4/a}', 'at most 3 scopes'],
    [`\${secret:${'a/'.repeat(100)}a}`, 'at most 3 scopes'],
  ])('refuses %j with what to do', (text, message) => {
    expect(() => parseTemplate(text)).toThrow(InvalidTemplate)
    expect(() => parseTemplate(text)).toThrow(message)
  })
})

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((text) => nameComplaint(text) === undefined)
const place = fc.record({ scope: fc.array(name, { maxLength: 3 }), name })
const hard = fc.string({ unit: fc.constantFrom('$', '{', '}', 's', '%', 'ü', '\n'), minLength: 1 })
/** No two texts side by side, which would come back as one. */
const parts = fc
  .array(fc.tuple(hard, place), { maxLength: 5 })
  .map((pairs): TemplatePart[] => pairs.flat())

describe('a template', () => {
  it('is read back as it was written, whatever its names and texts hold', () => {
    fc.assert(
      fc.property(parts, (written) => {
        expect(parseTemplate(formatTemplate(written))).toEqual(written)
      }),
    )
  })

  it('names nothing that no secret and no scope can be called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = `\${secret:${encodeURIComponent(text.toWellFormed())}}`
        const names = () =>
          parseTemplate(written).flatMap((part) =>
            typeof part === 'string' ? [] : [...part.scope, part.name],
          )
        const complaint = nameComplaint(text.toWellFormed())
        if (complaint === undefined) expect(names()).toEqual([text.toWellFormed()])
        else expect(names).toThrow(InvalidTemplate)
      }),
    )
  })

  it('stays as its owner wrote it while nothing is renamed', () => {
    const text = '$$${secret:a%20b}$${secret:x}-${secret:a b}$'
    const now = { scope: [], name: 'a b' }
    expect(renamePlaces(text, [now, now])).toBe(text)
  })

  it('names what its places are called now, and nothing else changes', () => {
    fc.assert(
      fc.property(parts, place, (written, renamed) => {
        const places = written.filter((part) => typeof part !== 'string')
        const now = places.map((each, index) => (index === 0 ? renamed : each))
        const shown = renamePlaces(formatTemplate(written), now)
        let index = 0
        const expected = written.map((part) => (typeof part === 'string' ? part : now[index++]))
        expect(parseTemplate(shown)).toEqual(expected)
      }),
    )
  })
})
