import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonFault } from '../../cli/import/json-fault.ts'
import { formatOf, readRows, type Format } from '../../cli/import/read-rows.ts'

const read = (text: string | Buffer, format: Format) => readRows(Buffer.from(text), format)

/** Names and values of a file in which nothing is refused. */
function values(text: string, format: Format): [string, string][] {
  const { rows, refused } = read(text, format)
  expect(refused).toEqual([])
  return rows.map(({ fields }) => [fields.name ?? '', fields['value'] ?? ''])
}

describe('.env', () => {
  it.each<[string, string, string]>([
    ['a plain value', 'A=b', 'b'],
    ['spaces around the name', '  A =b c', 'b c'],
    ['spaces around quotes', `A= 'b' `, 'b'],
    ['export', 'export A=b', 'b'],
    ['a comment after quotes', `A='b' # c`, 'b'],
    ['`#` within a word', 'A=b#c', 'b#c'],
    ['nothing', 'A=', ''],
    ['`=` in the value', 'A=b=c==', 'b=c=='],
    ['quotes within', `A=it's "so"`, `it's "so"`],
    ['CRLF', 'A=b\r\n', 'b'],
    ['single quotes', `A='  b\\n"$X # c'`, '  b\\n"$X # c'],
    ['single quotes over lines', `A='b\n c\r\n'`, 'b\n c\r\n'],
    ['double quotes', `A="  b # c'  "`, "  b # c'  "],
    ['escapes', String.raw`A="a\nb\tc\r\"\\\$\x"`, 'a\nb\tc\r"\\$\\x'],
    [
      'double quotes over lines',
      'A="-----BEGIN\nx\n-----END\n" # key',
      '-----BEGIN\nx\n-----END\n',
    ],
    ['a variable, which is none here', 'A=${B}$C', '${B}$C'],
    ['a backslash without quotes', 'A=C:\\new', 'C:\\new'],
    ['a space that is not ASCII', 'A=\u00a0b\u00a0', '\u00a0b\u00a0'],
  ])('reads %s', (_, text, value) => {
    expect(values(text, 'env')).toEqual([['A', value]])
  })

  it('reads names with dots and dashes, and skips blank lines and comments', () => {
    const text = '\n# one\nstripe-api.key=1\n   # two\n\nexport=3'
    expect(values(text, 'env')).toEqual([
      ['stripe-api.key', '1'],
      ['export', '3'],
    ])
  })

  it('names the line of each row, past values of several lines', () => {
    const { rows } = read('\nA="x\ny"\r\nB=2', 'env')
    expect(rows.map(({ line }) => line)).toEqual([2, 4])
  })

  it.each([
    ['a line without `=`', 'A=1\nhidden\nB=2', 2, /not `NAME=value`/],
    ['a quote that is never closed', 'A=1\nB="hidden\nC=3', 2, /never closed/],
    ['what follows a closing quote', `A=1\nB='hid'den`, 2, /follows the closing quote/],
    ['a lone carriage return', 'A=1\nB=hid\rden', 2, /carriage return/],
    ['what may be a comment', 'A=1\nB=hidden #1', 2, /space and `#`\. Put .* within quotes/],
    ['what may be a comment after a tab', 'B=hidden\t#1', 1, /within quotes/],
    ['a comment in place of a value', 'A= # hidden', 1, /within quotes/],
    ['a space before a value', 'A= hidden', 1, /space at an end\. Put it within quotes/],
    ['a space after a value', 'A=hidden \r\nB=1', 1, /space at an end/],
    ['nothing but a space', 'A= ', 1, /space at an end/],
  ])('refuses %s, and quotes nothing', (_, text, line, detail) => {
    const { refused } = read(text, 'env')
    expect(refused).toMatchObject([{ line, detail: expect.stringMatching(detail) }])
    expect(JSON.stringify(refused)).not.toMatch(/hid|den/)
  })

  it('reads back any value in single quotes that has none', () => {
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !/['\0]/.test(text))
    const property = fc.property(value, (text) => {
      expect(values(`A='${text}'`, 'env')).toEqual([['A', text]])
    })
    fc.assert(property)
  })
})

describe('JSON', () => {
  it('reads what JSON.parse reads, whatever the text', () => {
    const flat = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), {
      minKeys: 1,
    })
    const property = fc.property(flat, fc.constantFrom(0, 2, '\t', '\r\n'), (object, space) => {
      const text = JSON.stringify(object, null, space)
      expect(values(text, 'json')).toEqual(Object.entries(JSON.parse(text)))
    })
    fc.assert(property)
  })

  it('reads a list with encodings, and names the lines', () => {
    const { rows } = read('[\n{"name":"a","value":"YQ==",\n"encoding":"base64"},\n{}]', 'json')
    expect(rows).toEqual([
      { line: 2, item: 1, fields: { name: 'a', value: 'YQ==', encoding: 'base64' } },
      { line: 4, item: 2, fields: {} },
    ])
  })

  it('sees both of two equal names', () => {
    expect(values('{"a":"1",\n"\\u0061":"2"}', 'json')).toEqual([
      ['a', '1'],
      ['a', '2'],
    ])
  })

  it.each([
    ['a number', '1e400', /is a number\. Write it in quotes/],
    ['true', 'true', /true without quotes/],
    ['null', 'null', /is null/],
    ['an object', '{"b":"c"}', /is an object\. Give each value/],
    ['a list', '["b"]', /is a list/],
    ['something deep', '['.repeat(5000) + ']'.repeat(5000), /is a list/],
  ])('refuses %s as a value, in its row', (_, value, detail) => {
    const { rows, refused } = read(`{"a":"b",\n"x":${value}, "c":"d"}`, 'json')
    expect(rows).toHaveLength(2)
    expect(refused).toMatchObject([{ name: 'x', line: 2, detail: expect.stringMatching(detail) }])
  })

  it('refuses entries of a list that are no objects, or say something twice', () => {
    const { refused } = read(
      '["a",{"name":"b","value":"1","value":"2"},{"name":"c","value":3}]',
      'json',
    )
    expect(refused).toMatchObject([
      { item: 1, detail: expect.stringMatching(/written as/) },
      { item: 2, name: 'b', detail: 'It has `value` twice.' },
      { item: 3, name: 'c', detail: expect.stringMatching(/number/) },
    ])
  })

  it.each<[string, number, number, RegExp]>([
    ['{"a":"hidden"', 1, 14, /ends before the closing \}/],
    ['{"a":"hidden"]', 1, 14, /comma or \} is missing/],
    ['{a: hidden}', 1, 2, /a name needs double quotes/],
    ["{'a':'hidden'}", 1, 2, /a name needs double quotes/],
    ['{"a":\n  hidden}', 2, 3, /a text needs double quotes/],
    ['{"a":"hidden",}', 1, 15, /take the comma away/],
    ['["hidden",]', 1, 11, /take the comma away/],
    ['["a" "hidden"]', 1, 6, /a comma or \] is missing/],
    ['{"a" "hidden"}', 1, 6, /a colon is missing/],
    ['{"a":}', 1, 6, /a value is missing/],
    ['{"a":"hidden"}\n{"b":"c"}', 2, 1, /something follows its end/],
    ['{"a":"1",\n "b":"hidden}\n', 2, 6, /goes over its line/],
    ['{"a":"hidden}', 1, 6, /never closed/],
    [String.raw`{"a":"hidden\x"}`, 1, 13, /no such escape/],
    ['{"a":"hidden\u0001"}', 1, 13, /control character/],
    ['{"a":01}', 1, 6, /needs double quotes/],
    ['{ // hidden\n}', 1, 3, /no comments/],
  ])('refuses what is no JSON, says where and why, and quotes nothing: %s', (text, ...place) => {
    const [line, column, cause] = place
    const said = thrownBy(() => read(text, 'json'))
    expect(said).toContain(`The file is not JSON (line ${line}, column ${column}): `)
    expect(said).toMatch(cause)
    expect(said).not.toContain('hidden')
  })

  it('finds a fault exactly where JSON.parse does', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.nat(2), fc.constantFrom(...'{}[]:,"\\ \n01-.eux'))
      .map(([text, at, cut, put]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + put + text.slice(place + cut)
      })
    const property = fc.property(broken, (text) => {
      expect(findJsonFault(text) === undefined).toBe(isJson(text))
    })
    fc.assert(property, { numRuns: 2000 })
  })
})

function thrownBy(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing was thrown')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('YAML', () => {
  it.each<[string, string, string]>([
    ['leading zeros', 'A: 0123', '0123'],
    ['what looks like a float', 'A: 1.10', '1.10'],
    ['booleans of any version', 'A: yes', 'yes'],
    ['dates', 'A: 2027-01-31', '2027-01-31'],
    ['a block', 'A: |\n  b\n  c\n', 'b\nc\n'],
    ['quotes', 'A: "null"', 'null'],
    ['empty quotes', "A: ''", ''],
    ['the tag of a text', 'A: !!str 5', '5'],
    ['another version', '%YAML 1.1\n---\nA: 0o17', '0o17'],
  ])('reads %s as the text that stands there', (_, text, value) => {
    expect(values(text, 'yaml')).toEqual([['A', value]])
  })

  it('reads a list', () => {
    const { rows } = read('- name: a\n  value: "1"\n- { name: b, value: c }', 'yaml')
    expect(rows).toEqual([
      { line: 1, item: 1, fields: { name: 'a', value: '1' } },
      { line: 3, item: 2, fields: { name: 'b', value: 'c' } },
    ])
  })

  it('sees both of two equal names, and does not merge', () => {
    expect(values('a: 1\na: 2\n<<: 3', 'yaml')).toEqual([
      ['a', '1'],
      ['a', '2'],
      ['<<', '3'],
    ])
  })

  it.each([
    ['nothing', '', /is null/],
    ['null', 'null', /is null/],
    ['an alias', '*x', /is an alias/],
    ['a tag', '!!binary aGlkZGVu', /has a tag/],
    ['a tag of its own', '!vault hidden', /has a tag/],
    ['a map', '{ a: hidden }', /is an object/],
  ])('refuses %s as a value, in its row', (_, value, detail) => {
    const { refused } = read(`a: &x b\nx: ${value}\nc: d`, 'yaml')
    expect(refused).toMatchObject([{ name: 'x', line: 2, detail: expect.stringMatching(detail) }])
    expect(JSON.stringify(refused)).not.toContain('hidden')
  })

  it.each([
    ['a: "hidden', 1, 11, 'missing closing "quote'],
    ['a: 1\nb: hidden: c', 2, 4, 'a second name on one line'],
    ['\ta: hidden', 1, 1, 'indented with a tab; use spaces'],
    ['{ a: hidden', 1, 12, 'flow map must end with a }'],
    [String.raw`a: "\hidden"`, 1, 5, 'no such escape is known'],
    ['a: @hidden', 1, 4, 'this cannot stand here'],
  ])('refuses what is no YAML, says where and why, and quotes nothing: %s', (text, ...place) => {
    const [line, column, cause] = place
    const said = thrownBy(() => read(text, 'yaml'))
    expect(said).toContain(`The file is not YAML (line ${line}, column ${column}): `)
    expect(said).toContain(cause)
    expect(said).not.toContain('hidden')
  })

  it('quotes nothing of a file that is no YAML, whatever is wrong with it', () => {
    const syntax = [...'{}[]:,"\'\\|>@`%&*!-?#', ': ', '- ', '\n', '\n  ', '\t', '---\n', '%TAG ']
    const parts = fc.constantFrom('hidden', ...syntax)
    const property = fc.property(fc.array(parts, { maxLength: 12 }), (texts) => {
      let said = ''
      try {
        read(texts.join(''), 'yaml')
      } catch (error) {
        said = String(error)
      }
      expect(said).not.toMatch(/hidden/i)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('refuses several documents in one file', () => {
    expect(() => read('a: 1\n---\nb: 2', 'yaml')).toThrow(/several YAML documents/)
  })

  it.each([
    ['opened', '['.repeat(100_000)],
    ['opened and closed', `a: ${'{a: '.repeat(50_000)}b${'}'.repeat(50_000)}`],
    ['begun on one line', `${'- '.repeat(50_000)}a`],
  ])('refuses what is nested without end: %s', (_, text) => {
    expect(() => read(text, 'yaml')).toThrow(/nested too deeply/)
  })
})

describe('a file', () => {
  it.each<[string, Buffer, RegExp]>([
    ['is empty', Buffer.alloc(0), /is empty/],
    ['is in UTF-16', Buffer.from('\ufeffA=b', 'utf16le'), /is in UTF-16/],
    ['has a NUL', Buffer.from('A=b\0'), /NUL/],
    ['is not UTF-8', Buffer.from('A=\xe4', 'latin1'), /not UTF-8/],
    ['has only comments', Buffer.from('# nothing\n'), /no secret in it/],
  ])('that %s is refused', (_, bytes, said) => {
    expect(() => readRows(bytes, 'env')).toThrow(said)
  })

  it.each<[string, Format, RegExp]>([
    [' \n', 'json', /is empty/],
    ['{}', 'json', /no secret in it/],
    ['"text"', 'json', /neither a map/],
    ['text', 'yaml', /neither a map/],
  ])('that holds only %j is refused as %s', (text, format, said) => {
    expect(() => read(text, format)).toThrow(said)
  })

  it('loses its byte order mark', () => {
    expect(values('\ufeffA=b', 'env')).toEqual([['A', 'b']])
    expect(values('\ufeff{"A":"b"}', 'json')).toEqual([['A', 'b']])
  })

  it.each([
    ['.env', 'env'],
    ['/x/.env.production', 'env'],
    ['prod.env', 'env'],
    ['a.JSON', 'json'],
    ['a.yml', 'yaml'],
    ['a.yaml', 'yaml'],
  ])('named %s is read as %s', (file, format) => {
    expect(formatOf(file)).toBe(format)
  })

  it('whose name tells no format needs --format', () => {
    expect(() => formatOf('secrets.txt')).toThrow(/--format/)
  })
})
