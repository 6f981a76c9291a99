import { expect, it } from 'vitest'
import { Refused } from '../../../api/errors.ts'
import { RateLimit } from '../../../api/http/rate-limit.ts'
import type { Principal } from '../../../api/principals/principal.ts'
import { startTestApi } from '../../support/test-api.ts'

const principal = (id: string, role: Principal['role'] = 'owner'): Principal => ({
  kind: 'token',
  id,
  name: id,
  role,
})

function refusalOf(action: () => void): Refused | undefined {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(Refused)
    return error as Refused
  }
  return undefined
}

it('lets a token make its requests at once, and one more for each share of a minute', () => {
  let now = 0
  const limit = new RateLimit(60, () => now)
  for (let request = 0; request < 60; request++) limit.take(principal('a'))
  const refused = refusalOf(() => limit.take(principal('a')))
  expect(refused?.code).toBe('rate_limited')
  expect(refused?.retryAfterSeconds).toBe(1)
  limit.take(principal('b'))
  now += 999
  expect(refusalOf(() => limit.take(principal('a')))).toBeDefined()
  now += 1
  limit.take(principal('a'))
  expect(refusalOf(() => limit.take(principal('a')))).toBeDefined()
})

it('keeps no more than a minute’s requests for later', () => {
  let now = 0
  const limit = new RateLimit(2, () => now)
  limit.take(principal('a'))
  now += 3_600_000
  limit.take(principal('a'))
  limit.take(principal('a'))
  expect(refusalOf(() => limit.take(principal('a')))).toBeDefined()
})

it('forgets tokens that have long been quiet, and none that is held back', () => {
  let now = 0
  const limit = new RateLimit(1, () => now)
  for (let token = 0; token < 10_000; token++) limit.take(principal(`quiet ${token}`))
  now += 60_001
  limit.take(principal('busy'))
  limit.take(principal('another'))
  expect(refusalOf(() => limit.take(principal('busy')))).toBeDefined()
})

it('is 429 with Retry-After on the wire', async () => {
  const api = await startTestApi({ rateLimit: 1 })
  await api.as().get('/api/whoami').expect(200)
  const { body, headers } = await api.as().get('/api/whoami').expect(429)
  expect(body.code).toBe('rate_limited')
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  await api.close()
})

it('never holds up a start of a workload', async () => {
  const api = await startTestApi({ rateLimit: 10 })
  const acme = await api.organization('acme')
  const consumer = { kind: 'agent', id: 'a' }
  const start = () => api.as(acme.orchestrator).post('/api/resolve/workload', { consumer })
  for (let request = 0; request < 15; request++) await start().expect(200)
  for (let request = 0; request < 10; request++) {
    await api.as(acme.orchestrator).get('/api/whoami').expect(200)
  }
  await api.as(acme.orchestrator).get('/api/whoami').expect(429)
  await start().expect(200)
  await api.close()
})
