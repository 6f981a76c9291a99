import { describe, expect, it } from 'vitest'
import { resource, text, type MovedState } from '../../../../cdktf-provider/plugin/index.ts'
import { json, none, told, unwire } from '../support/call.ts'
import { calls, idle } from '../support/provider-of.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  name: text('Name.').required(),
}
const source = {
  sourceProviderAddress: 'registry.terraform.io/acme/old',
  sourceTypeName: 'old_thing',
  sourceSchemaVersion: 4,
  targetTypeName: 'test_thing',
  sourcePrivate: json({ theirs: true }),
  sourceIdentitySchemaVersion: 0,
}

describe('a move from another resource', () => {
  const moved = async (move: (from: MovedState) => object | null, state: unknown) => {
    const thing = resource<null>()({ ...idle, attributes, move })
    const call = await calls({ resources: [thing] })
    const response = await call('moveResourceState', {
      ...source,
      sourceState: { json: json(state) },
    })
    return {
      state: unwire(attributes, response.targetState),
      told: told(response.diagnostics),
      private: response.targetPrivate,
    }
  }

  it('tells whose object it was and all of its state', async () => {
    const seen: MovedState[] = []
    await moved((from) => (seen.push(from), { id: 'i' }), { id: 'i', title: 't', size: 3 })
    expect(seen).toMatchObject([
      {
        provider: 'registry.terraform.io/acme/old',
        type: 'old_thing',
        version: 4,
        state: { id: 'i', title: 't', size: 3 },
      },
    ])
  })

  it('takes as much state as a refresh needs, and nothing of what the other remembered', async () => {
    expect(await moved(() => ({ id: 'i' }), {})).toEqual({
      state: { id: 'i', name: null },
      told: [],
      private: none,
    })
  })

  it('refuses an object that cannot be one of its own, and says what to do', async () => {
    const refused = 'A old_thing of registry.terraform.io/acme/old cannot become a test_thing.'
    expect(await moved(() => null, {})).toMatchObject({ state: undefined, told: [refused] })
  })

  it('answers a state that does not fit with a diagnostic', async () => {
    expect(await moved(() => ({ id: 3 }), {})).toMatchObject({
      state: undefined,
      told: ['id: A value does not fit its schema.'],
    })
  })

  it('is offered exactly when a resource can do it', async () => {
    const offered = async (move?: () => null) => {
      const thing = resource<null>()({ ...idle, attributes, ...(move && { move }) })
      const call = await calls({ resources: [thing] })
      return (await call('getProviderSchema', {})).serverCapabilities?.moveResourceState
    }
    expect(await offered(() => null)).toBe(true)
    expect(await offered()).toBe(false)
  })
})
