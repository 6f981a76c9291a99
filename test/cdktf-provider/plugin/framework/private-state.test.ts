import { describe, expect, it } from 'vitest'
import {
  resource,
  text,
  unknownValue,
  type PrivateState,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { json, told, unwire, wire } from '../support/call.ts'
import { calls, idle } from '../support/provider-of.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  kind: text('Kind.').required({ replaces: true }),
  name: text('Name.').optional(),
}
const stored = { id: 'i', kind: 'k', name: null }
const config = { ...stored, id: null }
const typeName = 'test_thing'

/** A thing whose handlers do `work` with what it remembers. */
const thing = (work: (privateState: PrivateState) => void) =>
  calls({
    resources: [
      resource<null>()({
        ...idle,
        attributes,
        plan: ({ privateState }) => work(privateState),
        create({ privateState, planned }) {
          work(privateState)
          return { ...planned, id: 'i' }
        },
        read({ privateState, state }) {
          work(privateState)
          return state
        },
        update({ privateState, planned }) {
          work(privateState)
          return { ...planned, id: 'i' }
        },
        delete: ({ privateState }) => work(privateState),
      }),
    ],
  })
type Calls = Awaited<ReturnType<typeof thing>>

const refresh = (call: Calls, bytes: Uint8Array) =>
  call('readResource', {
    typeName,
    currentState: wire(attributes, stored),
    private: bytes,
  })
const plan = (call: Calls, bytes: Uint8Array, { prior = stored as Value, kind = 'k' } = {}) =>
  call('planResourceChange', {
    typeName,
    priorState: wire(attributes, prior),
    proposedNewState: wire(attributes, { ...config, kind }),
    config: wire(attributes, { ...config, kind }),
    priorPrivate: bytes,
  })
const apply = (call: Calls, bytes: Uint8Array, prior: Value, next: Value) =>
  call('applyResourceChange', {
    typeName,
    priorState: wire(attributes, prior),
    plannedState: wire(attributes, next),
    config: wire(attributes, next === null ? null : config),
    plannedPrivate: bytes,
  })

describe('what a provider remembers of an object', () => {
  it('survives what does not touch it', async () => {
    const call = await thing(() => {})
    const given = json({ etag: 7 })
    expect((await refresh(call, given)).private).toEqual(given)
    expect((await plan(call, given)).plannedPrivate).toEqual(given)
    expect((await apply(call, given, stored, stored)).private).toEqual(given)
  })

  it('goes from call to call as the handlers change it', async () => {
    const call = await thing((privateState) => {
      privateState.value = [privateState.value]
    })
    const planned = await plan(call, Buffer.alloc(0), { prior: null })
    expect(planned.plannedPrivate).toEqual(json([null]))
    const made = await apply(call, planned.plannedPrivate, null, { ...stored, id: unknownValue })
    expect(made.private).toEqual(json([[null]]))
    expect((await refresh(call, made.private)).private).toEqual(json([[[null]]]))
  })

  it('is null after an import and where its bytes are damaged', async () => {
    const seen: unknown[] = []
    const call = await thing(({ value }) => void seen.push(value))
    for (const bytes of [Buffer.alloc(0), Buffer.of(0xff), Buffer.from('{"half":')]) {
      await refresh(call, bytes)
      await plan(call, bytes)
      await apply(call, bytes, stored, null)
    }
    expect(seen).toEqual(Array(9).fill(null))
  })

  it('ends with the object that is replaced', async () => {
    const seen: unknown[] = []
    const call = await thing(({ value }) => void seen.push(value))
    const first = await plan(call, json('old'), { kind: 'other' })
    expect(first.requiresReplace).toHaveLength(1)
    // Terraform's second question, about the new object, carries what the first answer said.
    const second = await plan(call, first.plannedPrivate, { prior: null, kind: 'other' })
    expect(seen).toEqual(['old', null])
    expect(second.plannedPrivate).toHaveLength(0)
  })

  it.each([
    ['a bigint', 1n],
    ['a function', () => {}],
  ])('does not lose an object for %s', async (_, value) => {
    const call = await thing((privateState) => {
      privateState.value = value
    })
    const before = json('before')
    const said = 'The provider wants to remember what is no JSON.'
    const made = await apply(call, before, null, { ...stored, id: unknownValue })
    expect(unwire(attributes, made.newState)).toEqual(stored)
    expect(made.private).toEqual(before)
    for (const response of [made, await refresh(call, before), await plan(call, before)]) {
      expect(told(response.diagnostics)).toEqual([said])
    }
  })
})
