import { describe, expect, it } from 'vitest'
import { resource, text, unknownValue } from '../../../../cdktf-provider/plugin/index.ts'
import { decodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-reader.ts'
import { encodeMsgpack } from '../../../../cdktf-provider/plugin/values/msgpack-writer.ts'
import type { Type } from '../../../../cdktf-provider/plugin/values/type.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { json, none, told, unwire, wire } from '../support/call.ts'
import { calls, idle } from '../support/provider-of.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  shelf: text('Shelf.').required({ replaces: true }),
  title: text('Title.').optional(),
}
const type: Type = ['object', { shelf: 'string', id: 'string' }]
const identity = (value: Value) => ({
  identityData: { msgpack: encodeMsgpack(value, type), json: none },
})
const read = (data: { identityData?: { msgpack: Uint8Array } | undefined } | undefined) =>
  data?.identityData && decodeMsgpack(data.identityData.msgpack, type)

const stored = { id: 'i', shelf: 's', title: null }
const named = { id: 'i', shelf: 's' }
const typeName = 'test_thing'

const thing = resource<null>()({
  ...idle,
  type: typeName,
  attributes,
  identity: ['shelf', 'id'],
  create: ({ planned }) => ({ ...planned, id: 'i' }),
  read: ({ state }) => (state.id === 'gone' ? null : state),
  update: ({ planned }) => ({ ...planned, id: 'i' }),
  delete: () => {},
  import: ({ id }) => ({ id, shelf: 's' }),
})
const things = () => calls({ resources: [thing, { ...thing, type: 'test_other', identity: [] }] })

async function planned(config: Value, prior: Value) {
  const call = await things()
  const response = await call('planResourceChange', {
    typeName,
    priorState: wire(attributes, prior),
    proposedNewState: wire(attributes, config),
    config: wire(attributes, config),
    priorPrivate: none,
    ...(prior === null ? {} : { priorIdentity: identity(named) }),
  })
  return read(response.plannedIdentity)
}

describe('the identity of an object', () => {
  it('is declared by the resources that have one', async () => {
    const call = await things()
    const { identitySchemas } = await call('getResourceIdentitySchemas', {})
    expect(Object.keys(identitySchemas)).toEqual([typeName])
    expect(identitySchemas[typeName]?.identityAttributes).toMatchObject([
      { name: 'shelf', requiredForImport: true, description: 'Shelf.' },
      { name: 'id', requiredForImport: true, description: 'Id.' },
    ])
  })

  it('is planned while the object lasts, and not before it is known', async () => {
    expect(await planned({ ...stored, id: null, title: 't' }, stored)).toEqual(named)
    expect(await planned({ ...stored, id: null }, null)).toBeUndefined()
    expect(await planned({ id: null, shelf: unknownValue, title: null }, null)).toBeUndefined()
  })

  it('ends with the object that is replaced', async () => {
    expect(await planned({ id: null, shelf: 'other', title: null }, stored)).toBeUndefined()
  })

  it('follows from the state after a read, a create and an update', async () => {
    const call = await things()
    const after = await call('readResource', {
      typeName,
      currentState: wire(attributes, stored),
      private: none,
    })
    expect(read(after.newIdentity)).toEqual(named)
    for (const prior of [null, stored]) {
      const applied = await call('applyResourceChange', {
        typeName,
        priorState: wire(attributes, prior),
        plannedState: wire(attributes, stored),
        config: wire(attributes, { ...stored, id: null }),
        plannedPrivate: none,
      })
      expect(read(applied.newIdentity)).toEqual(named)
    }
  })

  it('stays what it was when the object is gone', async () => {
    const call = await things()
    const after = await call('readResource', {
      typeName,
      currentState: wire(attributes, { ...stored, id: 'gone' }),
      private: none,
      currentIdentity: identity({ ...named, id: 'gone' }),
    })
    expect(unwire(attributes, after.newState)).toBeNull()
    expect(read(after.newIdentity)).toEqual({ ...named, id: 'gone' })
  })

  it('finds an object to import, as its id does', async () => {
    const call = await things()
    for (const by of [{ id: 'i' }, { id: '', identity: identity(named) }]) {
      const { importedResources, diagnostics } = await call('importResourceState', {
        typeName,
        ...by,
      })
      expect(told(diagnostics)).toEqual([])
      expect(unwire(attributes, importedResources[0]?.state)).toEqual(stored)
      expect(read(importedResources[0]?.identity)).toEqual(named)
    }
  })

  it('reads from the state file', async () => {
    const call = await things()
    const { upgradedIdentity } = await call('upgradeResourceIdentity', {
      typeName,
      version: 0,
      rawIdentity: { json: json(named) },
    })
    expect(read(upgradedIdentity)).toEqual(named)
  })
})
