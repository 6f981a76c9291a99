import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeStateJson,
  parseExactly,
} from '../../../../cdktf-provider/plugin/values/state-json.ts'
import type { Type } from '../../../../cdktf-provider/plugin/values/type.ts'
import { Dynamic, ExactNumber } from '../../../../cdktf-provider/plugin/values/value.ts'

const read = (json: string, type: Type) => decodeStateJson(Buffer.from(json), type)

describe('state JSON', () => {
  it('rounds no number', () => {
    expect(read('[9007199254740993, 1e3, -0.5, 7]', ['list', 'number'])).toEqual([
      new ExactNumber('9007199254740993'),
      1000,
      -0.5,
      7,
    ])
  })

  it('reads all other JSON as JSON.parse does', () => {
    // What it does with other numbers is said above.
    const small = (_: string, value: unknown) =>
      typeof value === 'number' ? Math.trunc(value) % 1e6 : value
    const json = fc.jsonValue().map((value) => JSON.stringify(value, small))
    fc.assert(
      fc.property(json, (text) => {
        expect(parseExactly(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('leaves digits in text alone', () => {
    expect(read('{"a\\"1.5": "0.10 \\\\", "b": "1e400"}', ['map', 'string'])).toEqual({
      'a"1.5': '0.10 \\',
      b: '1e400',
    })
  })

  it('drops attributes the schema lost and gives null to those it gained', () => {
    expect(read('{"old": 1, "kept": "x"}', ['object', { kept: 'string', added: 'bool' }])).toEqual({
      kept: 'x',
      added: null,
    })
  })

  it('reads dynamic values with the type they carry', () => {
    expect(read('{"type": ["list", "number"], "value": [1, 1e400]}', 'dynamic')).toEqual(
      new Dynamic(['list', 'number'], [1, new ExactNumber(`1${'0'.repeat(400)}`)]),
    )
  })

  it('says where the state does not fit', () => {
    const type: Type = ['object', { port: 'number' }]
    expect(() => read('{"port": true}', type)).toThrow('port: expected a number')
    expect(() => read('{"port": ', type)).toThrow('not JSON')
  })
})
