import { describe, expect, it } from 'vitest'
import {
  exactNumber,
  resource,
  text,
  type ForeignState,
} from '../../../../cdktf-provider/plugin/index.ts'
import { told, unwire } from '../support/call.ts'
import { calls, idle } from '../support/provider-of.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  name: text('Name.').required(),
  size: exactNumber('Size.').optional(),
}

async function upgraded(
  version: number,
  json: string,
  upgrade?: (foreign: ForeignState) => object,
) {
  const thing = resource<null>()({
    ...idle,
    version: 2,
    attributes,
    ...(upgrade && { upgrade }),
  })
  const call = await calls({ resources: [thing] })
  const response = await call('upgradeResourceState', {
    typeName: 'test_thing',
    version,
    rawState: { json: Buffer.from(json) },
  })
  return {
    state: unwire(attributes, response.upgradedState),
    told: told(response.diagnostics),
    detail: response.diagnostics[0]?.detail,
  }
}

describe('state of an older version', () => {
  it('goes through the resource, which gets all of it and its version', async () => {
    const rename = ({ version, state }: ForeignState) => ({
      id: state['id'],
      name: `${String(state['title'])} of ${version}`,
      size: 1,
    })
    expect(await upgraded(1, '{"id":"i","title":"t"}', rename)).toMatchObject({
      state: { id: 'i', name: 't of 1', size: 1 },
      told: [],
    })
  })

  it('may be as little as a refresh needs', async () => {
    expect(await upgraded(0, '{"id":"i"}', ({ state }) => ({ id: state['id'] }))).toMatchObject({
      state: { id: 'i', name: null, size: null },
      told: [],
    })
  })

  it('hands over numbers without rounding', async () => {
    const seen: unknown[] = []
    await upgraded(1, '{"size":9007199254740993}', ({ state }) => {
      seen.push(state['size'])
      return {}
    })
    expect(seen).toEqual(['9007199254740993'])
  })

  it('is refused when the resource cannot read it', async () => {
    expect(await upgraded(1, '{"id":"i"}')).toMatchObject({
      state: undefined,
      told: ['The state of test_thing was written by an older version of this provider.'],
    })
  })

  it('answers what does not fit, and what is no object, with a diagnostic', async () => {
    const wrong = await upgraded(1, '{}', () => ({ id: 3 }))
    expect(wrong.told).toEqual(['id: A value does not fit its schema.'])
    const nothing = await upgraded(1, '{}', () => undefined as never)
    expect(nothing.told).toEqual(['A value does not fit its schema.'])
  })
})

describe('state of a newer version', () => {
  it('is refused with both versions, whether or not there is an upgrade', async () => {
    for (const upgrade of [undefined, () => ({ id: 'i' })]) {
      expect(await upgraded(3, '{}', upgrade)).toMatchObject({
        told: ['The state of test_thing was written by a newer version of this provider.'],
        detail: 'It has schema version 3; this provider knows 2. Use the newer one.',
      })
    }
  })
})

describe('state of the same version', () => {
  it('loses attributes that went and has null for those that came, without the upgrade', async () => {
    const upgrade = () => Promise.reject(new Error())
    expect(await upgraded(2, '{"id":"i","name":"n","gone":1}', upgrade)).toMatchObject({
      state: { id: 'i', name: 'n', size: null },
      told: [],
    })
  })

  it('that is damaged is told without quoting it', async () => {
    const { told: said, detail } = await upgraded(2, '{"name":["hunter2"]}')
    expect(said).toEqual(['name: A value does not fit its schema.'])
    expect(detail).not.toContain('hunter2')
  })
})
