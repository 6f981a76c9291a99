import { describe, expect, it } from 'vitest'
import {
  checkProvider,
  dataSource,
  list,
  object,
  provider,
  resource,
  text,
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
      attributes: { a: text('A.').writeOnly(), b: text('B.').default('x') },
      read: () => Promise.reject(new Error()),
    })
    expect(checkProvider({ ...shelf, dataSources: [source] })).toHaveLength(2)
  })
})
