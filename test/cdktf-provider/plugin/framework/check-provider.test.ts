import { describe, expect, it } from 'vitest'
import {
  checkProvider,
  dataSource,
  list,
  object,
  provider,
  resource,
  set,
  text,
  timeouts,
  type Attributes,
} from '../../../../cdktf-provider/plugin/index.ts'
import { hard } from '../support/hard.ts'
import { shelf } from '../support/shelf.ts'

const check = (attributes: Attributes, type = 'test_thing') =>
  checkProvider(
    provider({
      name: 'test',
      version: '1',
      description: 'Test.',
      attributes: {},
      configure: () => null,
      resources: [
        resource<null>()({
          type,
          description: 'A thing.',
          attributes,
          create: () => Promise.reject(new Error()),
          read: () => null,
          update: () => Promise.reject(new Error()),
          delete: () => {},
        }),
      ],
      dataSources: [],
    }),
  )

describe('checkProvider', () => {
  it('has nothing to say of sound providers', () => {
    expect(checkProvider(shelf)).toEqual([])
    expect(checkProvider({ ...shelf, resources: [hard] })).toEqual([])
  })

  it('checks names', () => {
    expect(check({}, 'other_thing')).toHaveLength(1)
    expect(check({ Name: text('Name.').optional() })[0]).toContain('not an attribute name')
    expect(check({ count: text('Count.').optional() })[0]).toContain('reserved')
    expect(checkProvider({ ...shelf, resources: [hard, hard] })[0]).toContain('twice')
  })

  it('wants a description of everything', () => {
    expect(check({ name: text('').optional() })[0]).toContain('no description')
  })

  it('refuses write-only arguments below what the provider may give', () => {
    const inner = { pass_wo: text('Pass.').writeOnly() }
    expect(check({ box: object('Box.', inner).orComputed() })[0]).toContain('write-only')
    expect(check({ box: object('Box.', inner).optional() })).toEqual([])
  })

  it('refuses to keep values in elements that have no identity', () => {
    const inner = { handle: text('Handle.').computed({ keeps: true }) }
    expect(check({ rules: list('Rules.', inner).optional() })[0]).toContain('match by place')
  })

  it('refuses in a set what the configuration does not give as it is', () => {
    const wrong = {
      a: text('A.').computed(),
      b: text('B.').default('b'),
      c: text('C.').writeOnly(),
      d: text('D.').required({ replaces: true }),
    }
    expect(check({ rules: set('Rules.', wrong).optional() })).toEqual(
      ['a', 'b', 'c', 'd'].map((name) =>
        expect.stringContaining(`rules.${name}: elements of a set`),
      ),
    )
    const deep = { inner: object('Inner.', { c: wrong.c }).optional() }
    expect(check({ rules: set('Rules.', deep).optional() })).toHaveLength(1)
    expect(check({ rules: set('Rules.', { a: text('A.').required() }).optional() })).toEqual([])
  })

  it('lets blocks stand on their own and in blocks alone', () => {
    const block = object('Block.', { c: text('C.').writeOnly() }).block()
    expect(check({ outer: object('Outer.', { block }).block() })).toEqual([])
    expect(check({ outer: object('Outer.', { block }).optional() })[0]).toContain('a block stands')
    expect(check({ outer: list('Outer.', { block }).optional() })[0]).toContain('a block stands')
  })

  it('wants timeouts where they take effect', () => {
    expect(check({ timeouts })).toEqual([])
    expect(check({ limits: timeouts })[0]).toContain('called `timeouts`')
    const source = {
      type: 'shelf_find',
      description: 'Finds.',
      read: () => Promise.reject(new Error()),
    }
    const wrong = dataSource<unknown>()({ ...source, attributes: { timeouts } })
    expect(checkProvider({ ...shelf, dataSources: [wrong] })[0]).toContain('only resources')
  })

  it('wants an upgrade with a version, and an identity that stays', () => {
    const versioned = { ...hard, version: 1 }
    expect(checkProvider({ ...shelf, resources: [versioned] })[0]).toContain('no `upgrade`')
    const named = { ...hard, identity: ['echo'] }
    expect(checkProvider({ ...shelf, resources: [named] })[0]).toContain('keeps for life')
  })

  it('checks functions', () => {
    const sound = {
      name: 'isbn',
      summary: 'Reads.',
      description: 'Reads it.',
      parameters: { text: text('Text.').required() },
      returns: text('Number.').required(),
      call: () => '',
    }
    const problems = (wrong: object) =>
      checkProvider({ ...shelf, functions: [{ ...sound, ...wrong }] })
    expect(problems({})).toEqual([])
    expect(problems({ name: 'Isbn' })[0]).toContain('not a name')
    expect(problems({ summary: '' })[0]).toContain('no summary')
    expect(problems({ parameters: { a: text('A.').computed() } })[0]).toContain('a parameter is')
    expect(problems({ rest: text('').required() })[0]).toContain('no description')
    const rest = text('Rest.').required()
    expect(problems({ rest, parameters: { rest } })[0]).toContain('reserved')
  })

  it('wants an id that survives where ids are chosen', () => {
    const [problem] = checkProvider({
      ...shelf,
      resources: [{ ...hard, attributes: { ...hard.attributes, id: text('Id.').computed() } }],
    })
    expect(problem).toContain('newId')
  })

  it('refuses in a data source what only a resource has', () => {
    const source = dataSource<unknown>()({
      type: 'shelf_find',
      description: 'Finds.',
      attributes: {
        a: text('A.').writeOnly(),
        b: text('B.').default('x'),
        box: object('Box.', { c: text('C.').writeOnly() }).optional(),
      },
      read: () => Promise.reject(new Error()),
    })
    expect(checkProvider({ ...shelf, dataSources: [source] })).toHaveLength(3)
  })
})
