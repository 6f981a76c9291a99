import { afterEach, describe, expect, it, vi } from 'vitest'
import { procedures } from '../../../../cdktf-provider/plugin/framework/procedures.ts'
import {
  ExactNumber,
  TerraformError,
  ephemeralResource,
  number,
  text,
  type EphemeralResource,
} from '../../../../cdktf-provider/plugin/index.ts'
import { SHUTDOWN } from '../../../../cdktf-provider/plugin/server/rpc-server.ts'
import { callsOf, json, none, told, unwire, wire } from '../support/call.ts'
import { calls, providerOf } from '../support/provider-of.ts'

const attributes = {
  size: number('Size.').optional(),
  token: text('Token.').computed({ sensitive: true }),
}
type Token = EphemeralResource<null, typeof attributes>

const opened = { result: { size: null, token: 't' }, lease: { id: 'a' } }
const config = wire(attributes, { size: null, token: null })
const typeName = 'test_token'

/** A token of which a test says what matters. */
const definitionOf = (handlers: Partial<Token>) =>
  ephemeralResource<null>()({
    type: typeName,
    description: 'A token.',
    attributes,
    open: () => opened,
    ...handlers,
  })

/** Its calls, and the leases it was closed with. */
async function token(handlers: Partial<Token>) {
  const closed: unknown[] = []
  const close: Token['close'] = ({ lease }) => void closed.push(lease)
  const definition = definitionOf({ close, ...handlers })
  return { closed, call: await calls({ ephemeralResources: [definition] }) }
}

describe('an ephemeral resource', () => {
  it('hands its lease from open to renew and close, with the time to renew', async () => {
    const renewAt = new Date('2030-01-01T00:00:00.250Z')
    const { call, closed } = await token({
      open: () => ({ ...opened, renewAt }),
      renew: ({ lease }) => ({ lease: [lease, 'renewed'] }),
    })
    const first = await call('openEphemeralResource', { typeName, config })
    expect(unwire(attributes, first.result)).toEqual({ size: null, token: 't' })
    expect(first.renewAt).toEqual({ seconds: 1_893_456_000, nanos: 250_000_000 })
    const second = await call('renewEphemeralResource', { typeName, private: first.private })
    expect(second.renewAt).toBeUndefined()
    await call('closeEphemeralResource', { typeName, private: second.private })
    expect(closed).toEqual([[{ id: 'a' }, 'renewed']])
  })

  it('keeps its lease when a renewal names none, or fails', async () => {
    const renewAt = new Date()
    const { call } = await token({ renew: () => ({ renewAt, lease: undefined }) })
    const given = json('kept')
    const kept = await call('renewEphemeralResource', { typeName, private: given })
    expect(kept.private).toEqual(given)

    const refuse = () => Promise.reject(new TerraformError({ summary: 'Too old.' }))
    const refused = await token({ renew: refuse })
    const failed = await refused.call('renewEphemeralResource', { typeName, private: given })
    expect(failed).toMatchObject({ private: given, renewAt: undefined })
    expect(told(failed.diagnostics)).toEqual(['Too old.'])
  })

  it('is closed although Terraform has stopped everything', async () => {
    const aborted: boolean[] = []
    const { call } = await token({
      open({ signal }) {
        aborted.push(signal.aborted)
        return opened
      },
      close: ({ signal }) => void aborted.push(signal.aborted),
    })
    await call('stopProvider', {})
    await call('openEphemeralResource', { typeName, config })
    await call('closeEphemeralResource', { typeName, private: none })
    expect(aborted).toEqual([true, false])
  })

  it.each<[string, Token['open'], string]>([
    [
      'with a result that misses something',
      () => ({ ...opened, result: { size: null } as never }),
      'token: The provider gave no `token`.',
    ],
    [
      'with a result of another type',
      () => ({ ...opened, result: { size: 'x' as never, token: 't' } }),
      'size: A value does not fit its schema.',
    ],
    [
      'with no time to renew at',
      () => ({ ...opened, renewAt: new Date(NaN) }),
      'The provider failed while opening test_token.',
    ],
    [
      'with an error beside its result',
      ({ diagnostics }) => {
        diagnostics.error({ summary: 'Half open.' })
        return opened
      },
      'Half open.',
    ],
  ])('is closed at once when it opens %s', async (_, open, summary) => {
    const { call, closed } = await token({ open })
    const response = await call('openEphemeralResource', { typeName, config })
    expect(told(response.diagnostics)).toEqual([summary])
    expect(closed).toEqual([{ id: 'a' }])
  })

  it('is not closed when it did not open', async () => {
    const open = () => Promise.reject(new TerraformError({ summary: 'Nobody is home.' }))
    const { call, closed } = await token({ open })
    const response = await call('openEphemeralResource', { typeName, config })
    expect(told(response.diagnostics)).toEqual(['Nobody is home.'])
    expect(closed).toEqual([])
  })

  it('says when its lease is no JSON, and closes with it', async () => {
    const { call, closed } = await token({ open: () => ({ ...opened, lease: 1n }) })
    const response = await call('openEphemeralResource', { typeName, config })
    expect(told(response.diagnostics)).toEqual(['The provider wants to remember what is no JSON.'])
    expect(closed).toEqual([1n])
  })

  it('refuses a number that was unknown before and has too many digits', async () => {
    const { call } = await token({})
    const big = { size: new ExactNumber('9007199254740993'), token: null }
    const response = await call('openEphemeralResource', {
      typeName,
      config: wire(attributes, big),
    })
    expect(told(response.diagnostics)).toEqual([
      'size: The number has more digits than this argument can hold.',
    ])
  })

  it('closes without a lease when its bytes are damaged', async () => {
    const { call, closed } = await token({})
    await call('closeEphemeralResource', { typeName, private: Buffer.of(0x7b, 0xff) })
    expect(closed).toEqual([null])
  })
})

describe('a provider that is told to go', () => {
  afterEach(() => void vi.useRealTimers())

  const leave = async (definition: Token) => {
    const table = await procedures(() => providerOf({ ephemeralResources: [definition] }))
    const call = callsOf(table)
    await call('configureProvider', { terraformVersion: '1.11.4', config: wire({}, {}) })
    return { call, leave: () => table.get(SHUTDOWN)?.(none) }
  }

  it('closes what is open, each with the lease of its last renewal, and once', async () => {
    const closed: unknown[] = []
    let opens = 0
    const { call, leave: go } = await leave({
      ...definitionOf({}),
      open: () => ({ ...opened, lease: ++opens }),
      renew: ({ lease }) => ({ lease: `${String(lease)} renewed` }),
      close: ({ lease }) => void closed.push(lease),
    })
    const [first, second, third] = [
      await call('openEphemeralResource', { typeName, config }),
      await call('openEphemeralResource', { typeName, config }),
      await call('openEphemeralResource', { typeName, config }),
    ]
    await call('renewEphemeralResource', { typeName, private: first.private })
    await call('renewEphemeralResource', { typeName, private: second.private })
    // Terraform closes with what the first answer said.
    await call('closeEphemeralResource', { typeName, private: first.private })
    expect(closed).toEqual(['1 renewed'])
    await go()
    expect(closed).toEqual(['1 renewed', '2 renewed', 3])
    await go()
    expect(closed).toHaveLength(3)
    expect(third.private).toEqual(json(3))
  })

  it('waits no longer than five seconds for a close that does not end', async () => {
    vi.useFakeTimers()
    const signals: AbortSignal[] = []
    const { call, leave: go } = await leave({
      ...definitionOf({}),
      close({ signal }) {
        signals.push(signal)
        return new Promise(() => {})
      },
    })
    await call('openEphemeralResource', { typeName, config })
    const gone = go()
    await vi.advanceTimersByTimeAsync(4999)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
    await vi.advanceTimersByTimeAsync(1)
    await gone
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })
})
