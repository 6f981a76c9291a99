import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  OutcomeUnknown,
  TerraformError,
  resource,
  text,
  timeouts,
  unknownValue,
} from '../../../../cdktf-provider/plugin/index.ts'
import type { Value } from '../../../../cdktf-provider/plugin/values/value.ts'
import { none, told, unwire, wire } from '../support/call.ts'
import { calls, idle } from '../support/provider-of.ts'

const attributes = { id: text('Id.').computed({ keeps: true }), timeouts }
const limits = (given: Record<string, Value>): Value => ({
  create: null,
  read: null,
  update: null,
  delete: null,
  ...given,
})
const typeName = 'test_thing'

type Work = (signal: AbortSignal) => Promise<never>

/** Fails once it is aborted, with what `fail` makes of the reason. */
const untilAborted =
  (fail: (reason: unknown) => unknown): Work =>
  (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(fail(signal.reason)))
    })

const things = (work: Work) =>
  calls({
    resources: [
      resource<null>()({
        ...idle,
        attributes,
        newId: () => 'chosen',
        create: ({ signal }) => work(signal),
        read: ({ signal }) => work(signal),
        update: ({ signal }) => work(signal),
        delete: ({ signal }) => work(signal),
      }),
    ],
  })

async function apply(given: Value, work: Work, prior: Value = null) {
  const call = await things(work)
  const next = { id: prior === null ? unknownValue : 'i', timeouts: given }
  const response = call('applyResourceChange', {
    typeName,
    priorState: wire(attributes, prior),
    plannedState: wire(attributes, next),
    config: wire(attributes, { id: null, timeouts: given }),
    plannedPrivate: none,
  })
  return { call, response }
}

describe('a timeout', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it.each([
    ['passes the reason on', (reason: unknown) => reason],
    ['makes an error of its own of it', () => new DOMException('gone', 'AbortError')],
    ['says that nobody knows', () => new OutcomeUnknown({ summary: 'No answer.' })],
    ['fails in some other way', () => new Error('socket closed')],
  ])('names its limit when the handler that is aborted %s', async (_, fail) => {
    const { response } = await apply(limits({ create: '90s' }), untilAborted(fail))
    await vi.advanceTimersByTimeAsync(90_000)
    const { newState, diagnostics } = await response
    expect(told(diagnostics)).toEqual(['test_thing: create took longer than its timeout of 90s.'])
    expect(unwire(attributes, newState)).toMatchObject({ id: 'chosen' })
  })

  it('lets an answer stand that came too late to be one of the timeout', async () => {
    const taken = () => new TerraformError({ summary: 'The name is taken.' })
    const { response } = await apply(limits({ create: '1s' }), untilAborted(taken))
    await vi.advanceTimersByTimeAsync(1000)
    const { newState, diagnostics } = await response
    expect(told(diagnostics)).toEqual(['The name is taken.'])
    expect(unwire(attributes, newState)).toBeNull()
  })

  it('is not reached before its time, nor by another operation', async () => {
    const signals: AbortSignal[] = []
    const work: Work = (signal) => {
      signals.push(signal)
      return untilAborted(() => new Error())(signal)
    }
    await apply(limits({ create: '1h1m1s' }), work)
    await apply(limits({ update: '1s' }), work)
    await vi.advanceTimersByTimeAsync(3_660_999)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
    await vi.advanceTimersByTimeAsync(1)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  })

  it('limits an update by what is planned, a read and a delete by what is in state', async () => {
    const late = untilAborted((reason) => reason)
    const prior = { id: 'i', timeouts: limits({ read: '2s', update: '1h', delete: '3s' }) }
    const { call, response: update } = await apply(limits({ update: '1s' }), late, prior)
    const read = call('readResource', {
      typeName,
      currentState: wire(attributes, prior),
      private: none,
    })
    const remove = call('applyResourceChange', {
      typeName,
      priorState: wire(attributes, prior),
      plannedState: wire(attributes, null),
      config: wire(attributes, null),
      plannedPrivate: none,
    })
    await vi.advanceTimersByTimeAsync(3000)
    const said = [await update, await read, await remove].map(({ diagnostics }) =>
      told(diagnostics),
    )
    expect(said).toEqual([
      ['test_thing: update took longer than its timeout of 1s.'],
      ['test_thing: read took longer than its timeout of 2s.'],
      ['test_thing: delete took longer than its timeout of 3s.'],
    ])
    expect((await read).diagnostics[0]?.detail).not.toContain('may have happened')
  })

  it('does not stand in the way of a stop', async () => {
    const reasons: unknown[] = []
    const work = untilAborted((reason) => {
      reasons.push(reason)
      return reason
    })
    const { call, response } = await apply(limits({ create: '1h' }), work)
    await call('stopProvider', {})
    const { diagnostics } = await response
    expect(reasons).toMatchObject([{ name: 'AbortError' }])
    expect(told(diagnostics)[0]).not.toContain('timeout')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a limit', () => {
  const refused = async (given: Value) => {
    const call = await things(() => Promise.reject(new Error()))
    const config = wire(attributes, { id: null, timeouts: given })
    const { diagnostics } = await call('validateResourceConfig', { typeName, config })
    return told(diagnostics)
  }

  it.each(['', '5', 'm', '-5m', '5m 30s', '30s5m', '0s', '1.5h', '500ms', '10000h'])(
    'is refused on its attribute when it is %j',
    async (limit) => {
      expect(await refused(limits({ update: limit }))).toEqual([
        'timeouts.update: The timeout of `update` is not valid.',
      ])
    },
  )

  it.each(['1s', '90s', '5m', '1h', '1h30m', '1h30m10s'])('may be %j', async (limit) => {
    expect(await refused(limits({ delete: limit }))).toEqual([])
  })

  it('may be absent, and unknown until apply', async () => {
    for (const given of [null, unknownValue, limits({}), limits({ create: unknownValue })]) {
      expect(await refused(given)).toEqual([])
    }
  })
})
