import { describe, expect, it } from 'vitest'
import { object, resource, text, unknownValue } from '../../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { json, none, told, unwire, wire } from '../support/call.ts'
import { calls, idle } from '../support/provider-of.ts'

const vault = object('Where it is kept.', {
  address: text('Address.').required({ replaces: true }),
  token_wo: text('Token.').writeOnly(),
  region: text('Region.').default('eu'),
  state: text('State.').computed(),
  proxy: object('On the way.', { host: text('Host.').required() }).block(),
}).block()
const attributes = { id: text('Id.').computed({ keeps: true }), vault }
const typeName = 'test_thing'

const things = () =>
  calls({
    resources: [
      resource<null>()({
        ...idle,
        attributes,
        validate({ diagnostics }) {
          diagnostics.error({ summary: 'No host.', path: ['vault', 'proxy', 'host'] })
        },
        create: ({ planned, config }) => {
          const { vault: given } = config
          const made = given && {
            ...given,
            region: 'eu',
            state: given.token_wo ?? '',
            token_wo: null,
          }
          return { ...planned, id: 'i', vault: made }
        },
      }),
    ],
  })

const block = { address: 'a', token_wo: null, region: null, state: null, proxy: null }

async function planned(given: Value, prior: Value = null) {
  const call = await things()
  const config = wire(attributes, { id: null, vault: given })
  const response = await call('planResourceChange', {
    typeName,
    priorState: wire(attributes, prior),
    proposedNewState: config,
    config,
    priorPrivate: none,
  })
  return {
    vault: (unwire(attributes, response.plannedState) as { vault: Value }).vault,
    replace: response.requiresReplace.map(({ steps }) =>
      steps.map(({ selector }) => selector?.value),
    ),
  }
}

describe('a block', () => {
  it('is told as one, the blocks in it too, and its attributes as attributes', async () => {
    const call = await things()
    const { resourceSchemas } = await call('getProviderSchema', {})
    const [told] = resourceSchemas[typeName]?.block?.blockTypes ?? []
    expect(resourceSchemas[typeName]?.block?.attributes.map(({ name }) => name)).toEqual(['id'])
    expect(told).toMatchObject({ typeName: 'vault', nesting: 1 })
    expect(told?.block?.attributes.map(({ name }) => name)).toEqual([
      'address',
      'token_wo',
      'region',
      'state',
    ])
    expect(told?.block?.blockTypes.map(({ typeName: name }) => name)).toEqual(['proxy'])
  })

  it('is planned like an object: defaults, unknowns, nothing write-only', async () => {
    const given = { ...block, token_wo: 'hunter2', proxy: { host: unknownValue } }
    expect((await planned(given)).vault).toEqual({
      ...block,
      region: 'eu',
      state: unknownValue,
      proxy: { host: unknownValue },
    })
  })

  it('that is absent is null in plan and state', async () => {
    const prior = { id: 'i', vault: null }
    expect(await planned(null)).toEqual({ vault: null, replace: [] })
    expect(await planned(null, prior)).toEqual({ vault: null, replace: [] })
    const call = await things()
    const upgraded = await call('upgradeResourceState', {
      typeName,
      version: 0,
      rawState: { json: json({ id: 'i' }) },
    })
    expect(unwire(attributes, upgraded.upgradedState)).toEqual(prior)
  })

  it('that comes, goes or changes replaces by the argument that says so', async () => {
    const stored = { ...block, region: 'eu', state: 's' }
    const without = { id: 'i', vault: null }
    expect((await planned(block, without)).replace).toEqual([['vault', 'address']])
    expect((await planned(null, { id: 'i', vault: stored })).replace).toEqual([
      ['vault', 'address'],
    ])
    const same = await planned(block, { id: 'i', vault: stored })
    expect(same).toEqual({ vault: stored, replace: [] })
  })

  it('hands its write-only arguments to create, and stores none', async () => {
    const call = await things()
    const given = { ...block, region: 'eu', token_wo: 'hunter2' }
    const response = await call('applyResourceChange', {
      typeName,
      priorState: wire(attributes, null),
      plannedState: wire(attributes, {
        id: unknownValue,
        vault: { ...block, state: unknownValue },
      }),
      config: wire(attributes, { id: null, vault: given }),
      plannedPrivate: none,
    })
    expect(unwire(attributes, response.newState)).toMatchObject({
      vault: { token_wo: null, state: 'hunter2' },
    })
  })

  it('has its errors on the argument in it', async () => {
    const call = await things()
    const { diagnostics } = await call('validateResourceConfig', {
      typeName,
      config: wire(attributes, { id: null, vault: block }),
      clientCapabilities: { deferralAllowed: false, writeOnlyAttributesAllowed: true },
    })
    expect(told(diagnostics)).toEqual(['vault.proxy.host: No host.'])
  })
})
