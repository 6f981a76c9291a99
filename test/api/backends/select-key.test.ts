import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BackendFailure, type StoredSecret } from '../../../api/backends/backend.ts'
import { selectKey } from '../../../api/backends/select-key.ts'
import { SecretValue } from '../../../api/keyring/secret-value.ts'

const object = (text: string): StoredSecret => ({
  value: SecretValue.fromText(text),
  shape: 'object',
})
const bytes = (content: string | Buffer): StoredSecret => ({
  value:
    typeof content === 'string' ? SecretValue.fromText(content) : SecretValue.fromBytes(content),
  shape: 'bytes',
})
const select = (stored: StoredSecret, key?: string): string =>
  selectKey(stored, key).reveal().toString()

function failureOf(stored: StoredSecret, key?: string): BackendFailure {
  try {
    selectKey(stored, key)
  } catch (error) {
    if (error instanceof BackendFailure) return error
  }
  throw new Error('It did not fail')
}

describe('without a key', () => {
  it('an object with one key gives its value', () => {
    expect(select(object('{"value":"s3cr3t"}'))).toBe('s3cr3t')
    expect(select(object('{ "value" : { "a" : 1.0 } }'))).toBe('{ "a" : 1.0 }')
  })

  it('an object with several gives its whole text', () => {
    const text = '{ "b":12345678901234567890, "a":"x" }'
    expect(select(object(text))).toBe(text)
  })

  it('an object with none has nothing to give', () => {
    expect(failureOf(object('{}'))).toMatchObject({ code: 'key_missing', availableKeys: [] })
  })

  it('a store of bytes gives exactly these', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (content) => {
        expect(selectKey(bytes(Buffer.from(content)), undefined).reveal()).toEqual(
          Buffer.from(content),
        )
      }),
    )
    expect(select(bytes('{"only":"x"}'))).toBe('{"only":"x"}')
  })
})

describe('with a key', () => {
  it('text gives its characters, everything else its JSON text as stored', () => {
    const stored = object(
      '{"s":"a\\u00e9\\n","n":12345678901234567890,"f":1.10,"b":false,"o":{ "x":1 },"a":[ 1 ]}',
    )
    expect(['s', 'n', 'f', 'b', 'o', 'a'].map((key) => select(stored, key))).toEqual([
      'aé\n',
      '12345678901234567890',
      '1.10',
      'false',
      '{ "x":1 }',
      '[ 1 ]',
    ])
  })

  it('keys are those of the object, never of its prototype', () => {
    for (const key of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'length',
      '/__proto__',
    ]) {
      expect(failureOf(object('{"a":"x","b":"y"}'), key).code).toBe('key_missing')
    }
    expect(select(object('{"__proto__":"own","b":1}'), '__proto__')).toBe('own')
    expect(select(object('{"":"empty","b":1}'), '')).toBe('empty')
  })

  it('a key is taken as it is written before it is taken for a pointer', () => {
    const stored = object('{"/a":"literal","a":"pointed","a/b":{"~c":["x","y"]},"":{"":"deep"}}')
    expect(select(stored, '/a')).toBe('literal')
    expect(select(stored, '/a~1b/~0c/1')).toBe('y')
    expect(select(stored, '//')).toBe('deep')
    expect(select(bytes('["x",["y"]]'), '/1/0')).toBe('y')
  })

  it('a pointer that leads nowhere says what is there', () => {
    const stored = object('{"a":{"b":["x"],"c":1},"d":"text","~2":"not so escaped"}')
    for (const key of [
      '/a/x',
      '/a/b/1',
      '/a/b/-',
      '/a/b/00',
      '/a/b/length',
      '/d/0',
      '/~2',
      '/a/c/0',
      '/',
      '/a/',
    ]) {
      expect(failureOf(stored, key).code, key).toBe('key_missing')
    }
    expect(failureOf(stored, '/a/x').availableKeys).toEqual(['b', 'c'])
    expect(failureOf(stored, '/x').availableKeys).toEqual(['a', 'd', '~2'])
  })

  it('null is not a value', () => {
    for (const key of ['a', '/b/0']) {
      const failure = failureOf(object('{"a":null,"b":[null]}'), key)
      expect([failure.code, failure.message]).toEqual([
        'key_missing',
        'The key is there, but holds null.',
      ])
    }
    expect(failureOf(object('{"a":null}')).message).toContain('null')
  })

  it('what is not JSON, or no object, has no keys', () => {
    expect(failureOf(bytes('plain text'), 'a').code).toBe('unreadable_answer')
    expect(failureOf(bytes(Buffer.from([0xff, 0xfe])), 'a').code).toBe('unreadable_answer')
    for (const text of ['"text"', '12', 'null', '[{"a":1}]']) {
      expect(failureOf(bytes(text), 'a').code, text).toBe('key_missing')
    }
  })

  it('half a character is refused rather than replaced', () => {
    expect(failureOf(object('{"a":"\\ud800"}'), 'a').code).toBe('unreadable_answer')
    expect(select(object('{"a":"\\ud83d\\ude00"}'), 'a')).toBe('😀')
  })

  it('shows no more than 50 names, and 200 characters of each', () => {
    const keys = Array.from({ length: 60 }, (_, at) => [`${at}-`.padEnd(300, 'k'), at])
    const { availableKeys, message } = failureOf(
      object(JSON.stringify(Object.fromEntries(keys))),
      'x'.repeat(9999),
    )
    expect(availableKeys).toHaveLength(50)
    expect(availableKeys?.every((key) => key.length <= 201)).toBe(true)
    expect(message.length).toBeLessThan(300)
  })

  it('finds every member of every object, byte for byte', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), value), (content) => {
        const stored = object(JSON.stringify(content))
        for (const [key, text] of Object.entries(content)) expect(select(stored, key)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })
})

it('never repeats what is stored when it fails', () => {
  const canary = 'canary-8c2e'
  const attempts: [StoredSecret, string | undefined][] = [
    [bytes(`{"a":"${canary}"`), 'a'],
    [bytes(canary), 'a'],
    [bytes(`"${canary}"`), 'a'],
    [object(`{"a":"${canary}"}`), 'b'],
    [object(`{"a":"${canary}"}`), '/a/b'],
    [object(`{"a":"${canary}\\ud800"}`), 'a'],
    [object(`["${canary}"]`), undefined],
  ]
  for (const [stored, key] of attempts) {
    const failure = failureOf(stored, key)
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(canary)
    expect(JSON.stringify(failure)).not.toContain(canary)
  }
})
