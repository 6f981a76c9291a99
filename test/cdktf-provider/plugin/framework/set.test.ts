import { describe, expect, it } from 'vitest'
import {
  number,
  object,
  resource,
  set,
  text,
  unknownValue,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { none, told, unwire, wire } from '../support/call.ts'
import { calls, idle } from '../support/provider-of.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  rules: set('Rules.', {
    host: text('Host.').required(),
    ports: set('Ports.', 'number').optional(),
    label: object('Label.', { size: number('Size.').optional() }).optional(),
  }).optional(),
  peers: set('Peers.', { name: text('Name.').required() }).optional({ replaces: true }),
  revision: number('Revision.').computed(),
}
const rule = (host: Value, ports: Value = null, label: Value = null) => ({ host, ports, label })
const typeName = 'test_thing'
const thing = resource<null>()({
  ...idle,
  attributes,
  validate({ diagnostics }) {
    diagnostics.error({ summary: 'No host.', path: ['rules', 0, 'host'] })
  },
  create: ({ planned }) => ({
    ...planned,
    id: 'i',
    rules: [{ host: 'a' } as never],
    revision: null as never,
  }),
})

async function planned(rules: Value, { prior = null as Value, peers = null as Value } = {}) {
  const call = await calls({ resources: [thing] })
  const config = wire(attributes, { id: null, rules, peers, revision: null })
  const response = await call('planResourceChange', {
    typeName,
    priorState: wire(attributes, prior),
    proposedNewState: config,
    config,
    priorPrivate: none,
  })
  expect(told(response.diagnostics)).toEqual([])
  return {
    state: unwire(attributes, response.plannedState) as Record<string, Value>,
    replace: response.requiresReplace.map(({ steps }) =>
      steps.map(({ selector }) => selector?.value),
    ),
  }
}

describe('a set of objects', () => {
  it('changes with its elements and not with their order, at any depth', async () => {
    const rules = [rule('a', [1, 2], { size: 1 }), rule('b', [], { size: null })]
    const prior = { id: 'i', rules, peers: [], revision: 1 }
    const reordered = [rules[1] as Value, rule('a', [2, 1], { size: 1 })]
    const same = await planned(reordered, { prior, peers: [] })
    expect(same.state['revision']).toBe(1)
    for (const other of [
      [rules[0] as Value],
      [...rules, rule('c')],
      [rule('a'), rules[1] as Value],
    ]) {
      const changed = await planned(other, { prior, peers: [] })
      expect(changed.state).toMatchObject({ rules: other, revision: unknownValue })
    }
  })

  it('tells an absent set from an empty one', async () => {
    const prior = { id: 'i', rules: [], peers: null, revision: 1 }
    expect((await planned([], { prior })).state['revision']).toBe(1)
    expect((await planned(null, { prior })).state['revision']).toBe(unknownValue)
  })

  it('hands back elements that are unknown, or in part', async () => {
    const rules = [unknownValue, rule(unknownValue, [1, unknownValue]), rule('a', unknownValue)]
    expect((await planned(rules)).state['rules']).toEqual(rules)
    expect((await planned(unknownValue)).state['rules']).toBe(unknownValue)
    const prior = { id: 'i', rules: [rule('a')], peers: null, revision: 1 }
    expect((await planned([rule(unknownValue)], { prior })).state['revision']).toBe(unknownValue)
  })

  it('replaces as a whole, whatever its elements are', async () => {
    const prior = { id: 'i', rules: null, peers: [{ name: 'a' }, { name: 'b' }], revision: 1 }
    const same = await planned(null, { prior, peers: [{ name: 'b' }, { name: 'a' }] })
    expect(same.replace).toEqual([])
    const other = await planned(null, { prior, peers: [{ name: 'b' }, { name: unknownValue }] })
    expect(other.replace).toEqual([['peers']])
  })

  it('has its errors on itself, for an element has no place to point to', async () => {
    const call = await calls({ resources: [thing] })
    const config = { id: null, rules: [rule('a')], peers: null, revision: null }
    const validated = await call('validateResourceConfig', {
      typeName,
      config: wire(attributes, config),
    })
    expect(told(validated.diagnostics)).toEqual(['rules: No host.'])
  })

  it('is stored with null for what a handler left out of an element', async () => {
    const call = await calls({ resources: [thing] })
    const config = { id: null, rules: [rule('a')], peers: null, revision: null }
    const { newState, diagnostics } = await call('applyResourceChange', {
      typeName,
      priorState: wire(attributes, null),
      plannedState: wire(attributes, { ...config, id: unknownValue, revision: unknownValue }),
      config: wire(attributes, config),
      plannedPrivate: none,
    })
    expect(unwire(attributes, newState)).toMatchObject({ id: 'i', rules: [rule('a')] })
    expect(told(diagnostics)).toEqual(['revision: The provider gave no `revision`.'])
  })
})
