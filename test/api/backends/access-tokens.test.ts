import { beforeEach, describe, expect, it } from 'vitest'
import { AccessTokens } from '../../../api/backends/access-tokens.ts'
import { BackendFailure, type CallOptions } from '../../../api/backends/backend.ts'
import { SecretValue } from '../../../api/keyring/secret-value.ts'
import { codeOf, failureOf } from './failure-of.ts'
import { FakeClock } from './fake-clock.ts'

const signal = AbortSignal.timeout(60_000)

describe('a token', () => {
  let clock: FakeClock
  let logins: number
  let login: (options: CallOptions) => Promise<{ value: SecretValue; lifeMs: number }>
  let tokens: AccessTokens
  beforeEach(() => {
    clock = new FakeClock()
    logins = 0
    login = () =>
      Promise.resolve({ value: SecretValue.fromText(`token ${logins}`), lifeMs: 3_600_000 })
    tokens = new AccessTokens(clock, (options) => {
      logins += 1
      return login(options)
    })
  })
  const get = async () => (await tokens.get({ signal })).reveal().toString()
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const fails = (code: 'forbidden' | 'unreachable') => () =>
    Promise.reject(new BackendFailure(code, 'No.', { hint: 'Do this.', retryAfterSeconds: 3 }))

  it('is obtained when it is needed, once for all who do', async () => {
    expect(logins).toBe(0)
    expect(new Set(await Promise.all(Array.from({ length: 50 }, get)))).toEqual(
      new Set(['token 1']),
    )
    clock.advance(2_399_000)
    expect(await get()).toBe('token 1')
    expect(logins).toBe(1)
  })

  it('is renewed after two thirds of its life, while it is still used', async () => {
    await get()
    clock.advance(2_400_000)
    expect(await Promise.all([get(), get()])).toEqual(['token 1', 'token 1'])
    await settle()
    expect(await get()).toBe('token 2')
    expect(logins).toBe(2)
  })

  it('is used until it expires when it cannot be renewed', async () => {
    await get()
    login = fails('unreachable')
    clock.advance(2_400_000)
    for (let each = 0; each < 5; each += 1) {
      expect(await get()).toBe('token 1')
      await settle()
    }
    expect(logins).toBe(2)
    clock.advance(30_000)
    await get()
    await settle()
    expect(logins).toBe(3)
    clock.advance(1_200_000)
    expect(await failureOf(tokens.get({ signal }))).toMatchObject({
      code: 'unreachable',
      hint: 'Do this.',
      retryAfterSeconds: 3,
      notSent: true,
    })
  })

  it('is not asked for again and again once that was refused', async () => {
    login = fails('forbidden')
    for (let each = 0; each < 5; each += 1) {
      expect(await codeOf(tokens.get({ signal }))).toBe('forbidden')
    }
    expect(logins).toBe(1)
    clock.advance(10_000)
    await codeOf(tokens.get({ signal }))
    expect(logins).toBe(2)
  })

  it('is obtained anew when it was dropped, and not when another was', async () => {
    const first = await tokens.get({ signal })
    tokens.drop(first)
    expect(await get()).toBe('token 2')
    tokens.drop(first)
    expect(await get()).toBe('token 2')
  })

  it('comes to the others when the first who asked gives up', async () => {
    const giveUp = new AbortController()
    const impatient = tokens.get({ signal: giveUp.signal })
    const patient = get()
    giveUp.abort()
    expect(await codeOf(impatient)).toBe('timeout')
    expect(await patient).toBe('token 1')
    expect(logins).toBe(1)
  })

  it('is not waited for beyond ten seconds', async () => {
    login = () => new Promise(() => undefined)
    const stuck = tokens.get({ signal })
    clock.advance(10_000)
    expect(await codeOf(stuck)).toBe('timeout')
    login = () => Promise.resolve({ value: SecretValue.fromText('late'), lifeMs: 1000 })
    expect(await get()).toBe('late')
  })
})
