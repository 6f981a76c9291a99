import { describe, expect, it } from 'vitest'
import {
  flag,
  list,
  map,
  number,
  object,
  provider,
  resource,
  text,
  Unknown,
  unknownValue,
  type PlanAdjustment,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { connect, none, told, unwire, wire } from '../support/call.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  kind: text('Kind.').required({ replaces: true }),
  name: text('Name.').optional(),
  region: text('Region.').orComputed(),
  size: number('Size.').default(3),
  secret_wo: text('Secret.').writeOnly(),
  revision: number('Revision.').computed(),
  box: object('Box.', {
    label: text('Label.').optional(),
    zone: text('Zone.').optional({ replaces: true }),
    lid: flag('Lid.').default(true),
    seal_wo: text('Seal.').writeOnly(),
    serial: text('Serial.').computed({ keeps: true }),
    weight: number('Weight.').computed(),
  }).optional(),
  rules: list('Rules.', {
    host: text('Host.').required(),
    handle: text('Handle.').computed(),
  }).optional(),
  parts: map('Parts.', { size: number('Size.').default(1) }).optional(),
}

const empty = {
  id: null,
  kind: 'a',
  name: null,
  region: null,
  size: null,
  secret_wo: null,
  revision: null,
  box: null,
  rules: null,
  parts: null,
}
const stored = { ...empty, id: 'i', region: 'r', size: 3, revision: 1 }

type Hook = () => PlanAdjustment<typeof attributes> | undefined

async function plan(config: Value, prior: Value, hook: Hook = () => undefined) {
  const thing = resource<null>()({
    type: 'test_thing',
    description: 'A thing.',
    attributes,
    plan: hook,
    create: () => Promise.reject(new Error()),
    read: () => null,
    update: () => Promise.reject(new Error()),
    delete: () => {},
  })
  const call = await connect(
    provider({
      name: 'test',
      version: '1',
      description: 'Test.',
      attributes: {},
      configure: () => null,
      resources: [thing],
      dataSources: [],
    }),
  )
  const response = await call('planResourceChange', {
    typeName: 'test_thing',
    priorState: wire(attributes, prior),
    proposedNewState: wire(attributes, config),
    config: wire(attributes, config),
    priorPrivate: none,
  })
  return {
    planned: unwire(attributes, response.plannedState) as Record<string, Value> | null,
    replace: response.requiresReplace.map(({ steps }) =>
      steps.map(({ selector }) => selector?.value),
    ),
    told: told(response.diagnostics),
  }
}

describe('a plan to create', () => {
  it('takes what is configured, defaults, and leaves the rest unknown', async () => {
    const { planned } = await plan({ ...empty, name: 'n', box: box({ label: 'l' }) }, null)
    expect(planned).toEqual({
      ...empty,
      id: unknownValue,
      name: 'n',
      region: unknownValue,
      size: 3,
      revision: unknownValue,
      box: { ...box({ label: 'l' }), lid: true, serial: unknownValue, weight: unknownValue },
    })
  })

  it('hands unknown values back as they came', async () => {
    const prefix = new Unknown(Uint8Array.of(0x81, 0x02, 0xa3, 0x61, 0x62, 0x63))
    const config = { ...empty, kind: prefix, region: prefix, box: unknownValue }
    const { planned } = await plan(config, null)
    expect(planned).toMatchObject({ kind: prefix, region: prefix, box: unknownValue })
  })

  it('never holds a write-only value', async () => {
    const config = { ...empty, secret_wo: 'hunter2', box: box({ seal_wo: 'hunter2' }) }
    expect(JSON.stringify(await plan(config, null))).not.toContain('hunter2')
  })

  it('fills elements of lists and maps, unknown elements among them', async () => {
    const rules = [{ host: 'a', handle: null }, unknownValue]
    const parts = { 'x.y': { size: null }, '': { size: 2 } }
    const { planned } = await plan({ ...empty, rules, parts }, null)
    expect(planned?.['rules']).toEqual([{ host: 'a', handle: unknownValue }, unknownValue])
    expect(planned?.['parts']).toEqual({ 'x.y': { size: 1 }, '': { size: 2 } })
  })
})

describe('a plan to update', () => {
  it('is empty when nothing differs', async () => {
    const config = { ...empty, box: box({ label: 'l', seal_wo: 'again' }), secret_wo: 'again' }
    const prior = { ...stored, box: { ...box({ label: 'l' }), lid: true, serial: 's', weight: 1 } }
    expect(await plan(config, prior)).toEqual({ planned: prior, replace: [], told: [] })
  })

  it('keeps a null the provider gave, as after an import', async () => {
    const prior = { ...stored, revision: null, region: null }
    expect((await plan(empty, prior)).planned).toEqual(prior)
  })

  it('renews what the provider gives, save what it keeps', async () => {
    const prior = { ...stored, box: { ...box({}), lid: true, serial: 's', weight: 1 } }
    const { planned } = await plan({ ...empty, name: 'n', box: box({}) }, prior)
    expect(planned).toMatchObject({ id: 'i', revision: unknownValue, region: unknownValue })
    expect(planned?.['box']).toMatchObject({ serial: 's', weight: unknownValue })
  })

  it('returns to the default when the configuration no longer says', async () => {
    const { planned } = await plan(empty, { ...stored, size: 9 })
    expect(planned).toMatchObject({ size: 3, revision: unknownValue })
  })

  it('knows nothing of an element that is new', async () => {
    const config = {
      ...empty,
      rules: [
        { host: 'a', handle: null },
        { host: 'b', handle: null },
      ],
    }
    const prior = { ...stored, rules: [{ host: 'a', handle: 'h' }] }
    const { planned } = await plan(config, prior)
    expect(planned?.['rules']).toEqual([
      { host: 'a', handle: unknownValue },
      { host: 'b', handle: unknownValue },
    ])
  })
})

describe('a plan to replace', () => {
  it('names each attribute that forces it and renews everything', async () => {
    const prior = { ...stored, box: { ...box({ zone: 'y' }), lid: true, serial: 's', weight: 1 } }
    const config = { ...empty, kind: 'b', box: box({ zone: 'z' }) }
    const { planned, replace } = await plan(config, prior)
    expect(replace).toEqual([['kind'], ['box', 'zone']])
    expect(planned).toMatchObject({ id: unknownValue, revision: unknownValue })
    expect(planned?.['box']).toMatchObject({ serial: unknownValue })
  })

  it('counts a value that may change, and a nested one that comes or goes', async () => {
    expect((await plan({ ...empty, kind: unknownValue }, stored)).replace).toEqual([['kind']])
    const config = { ...empty, box: box({ zone: 'z' }) }
    expect((await plan(config, stored)).replace).toEqual([['box', 'zone']])
  })
})

describe('a plan to destroy', () => {
  it('plans nothing', async () => {
    expect(await plan(null, stored)).toEqual({ planned: null, replace: [], told: [] })
  })
})

describe('the plan hook', () => {
  it('sets, keeps and forgets what the provider gives', async () => {
    const set = { revision: 2, region: 'near', id: unknownValue }
    const { planned } = await plan({ ...empty, name: 'n' }, stored, () => ({ set }))
    expect(planned).toMatchObject(set)
  })

  it('renews the rest when it brings the first change', async () => {
    const { planned } = await plan(empty, stored, () => ({ set: { region: 'far' } }))
    expect(planned).toMatchObject({ id: 'i', region: 'far', revision: unknownValue })
  })

  it('forces a replacement', async () => {
    const { planned, replace } = await plan(empty, stored, () => ({ replace: [['id']] }))
    expect(replace).toEqual([['id']])
    expect(planned).toMatchObject({ id: unknownValue })
  })

  it('that gives garbage is told so', async () => {
    const wrong = await plan(empty, stored, () => ({ set: { region: 3 as never } }))
    expect(wrong).toMatchObject({
      planned: null,
      told: ['region: A value does not fit its schema.'],
    })
    const failing = [
      () => ({ replace: 3 as never }),
      () => ({ set: 3n as never, replace: [3 as never] }),
    ]
    for (const hook of failing) {
      const result = await plan(empty, stored, hook)
      expect(result.told).toEqual(['The provider failed while planning test_thing.'])
    }
  })

  it('cannot change what is configured or fixed by the schema', async () => {
    for (const name of ['name', 'size', 'nonsense', '__proto__']) {
      const set = JSON.parse(`{ "${name}": 1 }`) as PlanAdjustment<typeof attributes>['set'] &
        object
      expect((await plan(empty, stored, () => ({ set }))).told[0]).toContain('may not plan')
    }
    const config = { ...empty, region: 'mine' }
    const result = await plan(config, stored, () => ({ set: { region: 'theirs' } }))
    expect(result.told).toEqual(['region: The provider may not plan `region`.'])
  })
})

function box(given: Record<string, Value>): Record<string, Value> {
  const nothing = { label: null, zone: null, lid: null, seal_wo: null, serial: null, weight: null }
  return { ...nothing, ...given }
}
