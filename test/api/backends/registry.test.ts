import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseAllowList } from '../../../api/backends/outbound/allow-list.ts'
import { OutboundConnection } from '../../../api/backends/outbound/outbound-connection.ts'
import { Outbound } from '../../../api/backends/outbound/outbound.ts'
import { Backends, type Provider } from '../../../api/backends/registry.ts'
import { timeIsOver } from '../../../api/deadline.ts'
import { SecretValue } from '../../../api/keyring/secret-value.ts'
import { codeOf, failureOf } from './describe-backend.ts'
import { FakeClock } from './fake-clock.ts'
import { type FakeVault, rightToken, send, startVault } from './vault/fake-vault.ts'

const signal = AbortSignal.timeout(60_000)

describe('the backends', () => {
  let vault: FakeVault
  let backends: Backends
  beforeEach(async () => {
    vault = await startVault({ mounts: { secret: 2 } })
    vault.put('secret/data/app', '{"k":"v"}')
    const outbound = new Outbound({ allow: parseAllowList('127.0.0.1'), clock: new FakeClock() })
    backends = new Backends({ outbound, capacity: 2 })
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await backends.close()
    await vault.close()
  })

  const provider = (id: string, revision = 1, token = rightToken): Provider => ({
    id,
    revision,
    type: 'vault',
    config: { address: vault.address, authMethod: 'token', token: SecretValue.fromText(token) },
  })
  const read = async (from: Provider) => {
    const stored = await (await backends.open(from)).read('secret/app', { signal })
    return stored?.version
  }
  const detections = () =>
    vault.requests.filter((request) => request.includes('/ui/mounts/')).length

  it('keep a provider open: its connection, and what was learnt about it', async () => {
    for (let call = 0; call < 5; call += 1) expect(await read(provider('a'))).toBe('1')
    expect([vault.connections(), detections()]).toEqual([1, 1])
  })

  it('open it anew when it has changed', async () => {
    expect(await codeOf(read(provider('a', 1, 'old-token')))).toBe('forbidden')
    expect(await read(provider('a', 2))).toBe('1')
    expect(await read(provider('a', 2))).toBe('1')
    expect(detections()).toBe(2)
  })

  it('serve whoever still holds an older revision, and keep the newer one', async () => {
    const old = await backends.open(provider('a', 1))
    expect(await read(provider('a', 2))).toBe('1')
    expect((await old.read('secret/app', { signal }))?.version).toBe('1')
    expect(detections()).toBe(2)
    expect(await read(provider('a', 2))).toBe('1')
    expect(detections()).toBe(2)
  })

  it('leave nothing open of an older revision, be it called or not', async () => {
    const close = vi.spyOn(OutboundConnection.prototype, 'close')
    await backends.open(provider('a', 2))
    const old = await backends.open(provider('a', 1))
    await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(1))
    await old.read('secret/app', { signal })
    await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(2))
    expect(await read(provider('a', 2))).toBe('1')
    expect(close).toHaveBeenCalledTimes(2)
  })

  it('let calls under way finish on the revision they began with', async () => {
    const asked = new EventEmitter()
    vault.answer('secret/', (_, response) => asked.emit('asked', response))
    const underWay = read(provider('a', 1))
    const [held] = (await once(asked, 'asked')) as [ServerResponse]
    await backends.open(provider('a', 2))
    send(held, 200, '{"data":{"data":{"k":"v"},"metadata":{"version":1}}}')
    expect(await underWay).toBe('1')
  })

  it.each<[who: string, reason: unknown, counted: object]>([
    ['a store that does not answer in time', timeIsOver(), { failures: 1, code: 'timeout' }],
    ['no caller that went away', undefined, { failures: 0, code: undefined }],
  ])('count as a failure %s', async (_, reason, counted) => {
    const asked = new EventEmitter()
    vault.answer('secret/', (_, response) => asked.emit('asked', response))
    const caller = new AbortController()
    const backend = await backends.open(provider('a'))
    const code = codeOf(backend.read('secret/app', caller))
    const [held] = (await once(asked, 'asked')) as [ServerResponse]
    caller.abort(reason)
    expect(await code).toBe('timeout')
    await once(held, 'close')
    const { failures, lastFailureCode, lastSuccessAt } = backends.activity.take().get('a') ?? {}
    expect({ failures, code: lastFailureCode }).toEqual(counted)
    expect(lastSuccessAt).toBeUndefined()
  })

  it('close a provider that was deleted once its calls have finished, and others never', async () => {
    const asked = new EventEmitter()
    vault.answer('secret/', (_, response) => asked.emit('asked', response))
    const underWay = read(provider('a'))
    const [held] = (await once(asked, 'asked')) as [ServerResponse]
    const socket = held.socket
    backends.forget('a')
    backends.forget('never opened')
    expect(socket?.destroyed).toBe(false)
    send(held, 200, '{"data":{"data":{"k":"v"},"metadata":{"version":1}}}')
    expect(await underWay).toBe('1')
    if (socket?.destroyed === false) await once(socket, 'close')
  })

  it('close the least recently used when there are too many', async () => {
    for (const id of ['a', 'b', 'a', 'c']) await read(provider(id))
    expect(detections()).toBe(3)
    await read(provider('a'))
    expect(detections()).toBe(3)
    await read(provider('b'))
    expect(detections()).toBe(4)
  })

  it('do not keep what could not be opened', async () => {
    expect(await codeOf(backends.open(provider('a', 1, 'not a token')))).toBe('forbidden')
    expect(await read(provider('a', 1))).toBe('1')
  })

  it('refuse a forbidden address without contacting it', async () => {
    const strict = new Backends({ outbound: new Outbound() })
    const failure = await failureOf(strict.open(provider('a')))
    expect(failure.code).toBe('address_refused')
    expect(vault.connections()).toBe(0)
  })

  it('open settings that are not saved for one caller alone', async () => {
    const settings = provider('a')
    for (let call = 0; call < 2; call += 1) {
      const backend = await backends.openOnce(settings)
      expect((await backend.check({ signal })).identity.displayName).toBe('token-agyn')
      await backend.close()
    }
    expect(vault.connections()).toBe(2)
  })
})
