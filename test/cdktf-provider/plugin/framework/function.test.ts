import { describe, expect, it } from 'vitest'
import {
  ExactNumber,
  TerraformError,
  list,
  number,
  providerFunction,
  text,
} from '../../../../cdktf-provider/plugin/index.ts'
import { decodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-reader.ts'
import { encodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-writer.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { none } from '../support/call.ts'
import { calls } from '../support/provider-of.ts'

const join = providerFunction({
  name: 'join',
  summary: 'Joins words.',
  description: 'Joins words by what stands between them.',
  parameters: {
    between: text('What stands between them.').optional(),
    times: number('How often it stands there.').required(),
  },
  rest: text('A word.').required(),
  returns: text('The words.').required(),
  call({ between, times }, words) {
    if (times < 1) throw new TerraformError({ summary: 'Too few.', path: ['times'] })
    const empty = words.indexOf('')
    if (empty >= 0) throw new TerraformError({ summary: 'No word.', path: ['rest', empty] })
    if (words.includes('hunter2')) throw new Error('hunter2 is secret')
    return words.join((between ?? ', ').repeat(times))
  },
})

async function called(between: Value, times: Value, ...words: Value[]) {
  const call = await calls({ functions: [join] })
  const types = ['string', 'number'] as const
  const { result, error } = await call('callFunction', {
    name: 'join',
    arguments: [between, times, ...words].map((value, index) => ({
      msgpack: encodeMsgpack(value, types[index] ?? 'string'),
      json: none,
    })),
  })
  return error ?? decodeMsgpack(result?.msgpack ?? none, 'string')
}

describe('a function', () => {
  it('gets its arguments by name, and further ones as a list', async () => {
    expect(await called('-', 2, 'a', 'b')).toBe('a--b')
    expect(await called(null, 1, 'a', 'b')).toBe('a, b')
    expect(await called('-', 1)).toBe('')
  })

  it('takes an argument without bytes, as OpenTofu sends it, for null', async () => {
    const call = await calls({ functions: [join] })
    const once = { msgpack: encodeMsgpack(1, 'number'), json: none }
    const words = ['a', 'b'].map((word) => ({ msgpack: encodeMsgpack(word, 'string'), json: none }))
    const { result } = await call('callFunction', {
      name: 'join',
      arguments: [{ msgpack: none, json: none }, once, ...words],
    })
    expect(decodeMsgpack(result?.msgpack ?? none, 'string')).toBe('a, b')
  })

  it('points to the argument that is wrong', async () => {
    expect(await called('-', 0, 'a')).toEqual({ text: 'Too few', functionArgument: 1 })
    expect(await called('-', 1, 'a', '')).toEqual({ text: 'No word', functionArgument: 3 })
  })

  it('does not meet a number that JavaScript would round', async () => {
    expect(await called('-', new ExactNumber('9007199254740993'))).toMatchObject({
      text: expect.stringContaining('more digits'),
      functionArgument: 1,
    })
  })

  it('quotes nothing of an error that was not written for the user', async () => {
    const error = await called('-', 1, 'hunter2')
    expect(error).toMatchObject({ text: expect.stringContaining('The function failed') })
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })

  it('says at its further arguments what is wrong inside them', async () => {
    const sum = providerFunction({
      name: 'sum',
      summary: 'Adds.',
      description: 'Adds numbers.',
      parameters: {},
      rest: list('Numbers.', 'number').required(),
      returns: number('Their sum.').required(),
      call: (_, lists) => lists.flat().reduce((a, b) => a + b, 0),
    })
    const call = await calls({ functions: [sum] })
    const big = new ExactNumber('9007199254740993')
    const { error } = await call('callFunction', {
      name: 'sum',
      arguments: [[1], [2, big]].map((value) => ({
        msgpack: encodeMsgpack(value, ['list', 'number']),
        json: none,
      })),
    })
    expect(error?.functionArgument).toBe(1)
  })

  it('is told alike in the schema and on its own', async () => {
    const call = await calls({ functions: [join] })
    const { functions } = await call('getFunctions', {})
    expect((await call('getProviderSchema', {})).functions).toEqual(functions)
    expect(functions['join']).toMatchObject({
      parameters: [
        { name: 'between', allowNullValue: true, allowUnknownValues: false },
        { name: 'times', allowNullValue: false, allowUnknownValues: false },
      ],
      variadicParameter: { name: 'rest' },
      summary: 'Joins words.',
    })
  })
})
