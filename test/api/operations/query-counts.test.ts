import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Caller } from '../../support/test-api.ts'
import { freshName, startWorld, vaultProvider, type World } from './world.ts'

let world: World
let owner: Caller
let limited: Caller
let orchestrator: Caller
beforeAll(async () => {
  world = await startWorld()
  owner = world.api.as(await quietToken({ role: 'owner' }))
  limited = world.api.as(await quietToken({ role: 'owner', scopeId: world.acme.scopeId }))
  orchestrator = world.api.as(await quietToken({ role: 'orchestrator' }))
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => world.close())

/** A token of which nobody will note that it was used, which would be a statement of its own. */
async function quietToken(limits: {
  readonly role: string
  readonly scopeId?: string
}): Promise<string> {
  const { api, acme } = world
  const body = { organizationId: acme.id, name: 'quiet', ...limits }
  const { id, token } = (await api.as().post('/api/api-tokens', body).expect(201)).body
  const future = `UPDATE "ApiToken" SET "lastUsedAt" = now() + interval '1 day' WHERE id = $1`
  await api.database.query('', future, [id])
  return token
}

/** The statements that reach the database while a request is answered. */
async function statementsOf(request: () => PromiseLike<{ readonly status: number }>) {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  expect((await request()).status).toBe(200)
  const statements = query.mock.calls.map(([first]) => {
    const text = first as unknown as string | { readonly text: string }
    return typeof text === 'string' ? text : text.text
  })
  query.mockRestore()
  return statements
}

interface Reading {
  readonly path: (world: World) => string
  readonly statements: number
}

/** What finds the token is one of the statements. */
const readings: readonly Reading[] = [
  ...['organizations', 'scopes', 'api-tokens', 'secret-providers', 'secrets', 'envs', 'due'].map(
    (noun) => ({ path: () => `/api/${noun}`, statements: 2 }),
  ),
  { path: () => '/api/secrets?q=a&category=other&storage=local&broken=false', statements: 2 },
  { path: () => '/api/due?before=9000-01-01T00:00:00Z', statements: 2 },
  { path: ({ acme }) => `/api/organizations/${acme.id}`, statements: 2 },
  { path: ({ acme }) => `/api/scopes/${acme.scopeId}`, statements: 2 },
  { path: ({ acme }) => `/api/api-tokens/${acme.tokenId}`, statements: 2 },
  // With what was asked of its store in the last hour.
  { path: ({ acme }) => `/api/secret-providers/${acme.providerId}`, statements: 3 },
  { path: ({ acme }) => `/api/secrets/${acme.secretId}`, statements: 2 },
  { path: ({ acme }) => `/api/envs/${acme.envId}`, statements: 2 },
  // These find first what they are below.
  { path: ({ acme }) => `/api/secrets/${acme.secretId}/references`, statements: 3 },
  { path: ({ acme }) => `/api/secrets/${acme.secretId}/versions`, statements: 3 },
  { path: ({ acme }) => `/api/secrets/${acme.secretId}/deliveries`, statements: 3 },
  { path: ({ acme }) => `/api/secret-providers/${acme.providerId}/references`, statements: 3 },
  { path: ({ acme }) => `/api/scopes/${acme.scopeId}/effective-secrets`, statements: 3 },
]

const ROWS = 40

describe('the number of statements', () => {
  it('is small for each list and each look-up, and the same for one row and for many', async () => {
    const few = await countAll()
    await addRows()
    expect(await countAll()).toEqual(few)
    for (const { path, statements } of readings) {
      expect(few[path(world)], path(world)).toBeGreaterThan(0)
      expect(few[path(world)], path(world)).toBeLessThanOrEqual(statements)
    }
  })

  it.each(['organizations', 'scopes', 'api-tokens', 'secret-providers', 'secrets'])(
    'is no greater for %s in reach of a limited token',
    async (noun) => {
      const statements = await statementsOf(() => limited.get(`/api/${noun}`))
      expect(statements.length).toBeLessThanOrEqual(2)
    },
  )

  it('is three for a workload of 50 envs, besides the audit row', async () => {
    const { acme } = world
    const consumer = { kind: 'agent', id: freshName() }
    for (let number = 0; number < 50; number++) {
      const body = { consumer, name: `V${number}`, secretId: acme.secretId }
      await owner.post('/api/envs', body).expect(201)
    }
    const statements = await statementsOf(() =>
      orchestrator.post('/api/resolve/workload', { consumer, workloadId: 'w' }),
    )
    const audit = statements.filter((text) => text.includes('INSERT INTO "AuditEvent"'))
    expect(audit).toHaveLength(1)
    expect(statements.length - audit.length).toBeLessThanOrEqual(3)
  })
})

async function countAll(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { path } of readings) {
    const statements = await statementsOf(() => owner.get(path(world)))
    counts[path(world)] = statements.length
  }
  return counts
}

/** Many rows to each list. */
async function addRows(): Promise<void> {
  const { api, acme, vault } = world
  const { providerId, secretId } = acme
  const made = (path: string, body: object) => owner.post(path, body).expect(201)
  const consumer = { kind: 'agent', id: 'billing' }
  for (let number = 0; number < ROWS; number++) {
    const name = freshName()
    await made('/api/secrets', { name, value: 'v' })
    await made('/api/secrets', { name: `remote-${name}`, providerId, remotePath: name })
    await made('/api/secret-providers', vaultProvider(vault, name))
    await made('/api/scopes', { kind: 'team', name })
    await made('/api/api-tokens', { name, role: 'member' })
    await made('/api/envs', { consumer, name: `V${number}`, secretId })
    await owner.patch(`/api/secrets/${secretId}`, { value: name }).expect(200)
    await api.as(acme.orchestrator).post('/api/resolve/workload', { consumer, workloadId: name })
  }
}
