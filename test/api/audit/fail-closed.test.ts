import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { routes, type OperationId, type Route } from '../../../contract/routes.ts'
import { requests } from '../operations/requests.ts'
import { startWorld, type World } from '../operations/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await sql(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END; $$`,
  )
})
afterEach(() => sql('DROP TRIGGER IF EXISTS "refuse" ON "AuditEvent"'))
afterAll(() => world.close())

const sql = (text: string) => world.api.database.query('', text, [])
const breakAudit = () =>
  sql(
    'CREATE TRIGGER "refuse" BEFORE INSERT ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse()',
  )

const tables = [
  'Organization',
  'Scope',
  'ApiToken',
  'SecretProvider',
  'Secret',
  'SecretVersion',
  'Env',
  'EnvSecret',
  'Delivery',
  'DataKey',
  'AuditEvent',
]

/** Every row, save when a token was last used. */
async function everything(): Promise<string> {
  const rows = []
  for (const table of tables) {
    rows.push(await sql(`SELECT to_jsonb(t) - 'lastUsedAt' AS row FROM "${table}" t ORDER BY 1`))
  }
  return JSON.stringify(rows)
}

const recorded = (Object.entries(routes) as [OperationId, Route][]).filter(
  ([, { method }]) => method !== 'GET',
)

describe('without an audit row', () => {
  it.each(recorded)('%s does not happen', async (id, route) => {
    const { api, acme } = world
    const { path, body } = await requests[id].make(world)
    const token = route.roles.includes('orchestrator') ? acme.orchestrator : undefined
    const method = route.method.toLowerCase() as 'post' | 'patch' | 'delete'
    await breakAudit()
    const before = await everything()
    const response = await api.as(token)[method](path, body)
    expect(response.status).toBe(500)
    expect(response.body).toEqual({
      type: '/problems/internal',
      title: 'Something went wrong here',
      status: 500,
      code: 'internal',
      detail: expect.stringMatching(/request id/),
      requestId: expect.any(String),
    })
    expect(await everything()).toBe(before)
  })

  it('nobody is refused silently either', async () => {
    await breakAudit()
    const { api, acme } = world
    await api.as(acme.member).delete(`/api/secrets/${acme.secretId}`).expect(500)
    await api.as(acme.member).get(`/api/secrets/${acme.secretId}`).expect(200)
  })
})

describe('the audit log', () => {
  it.each([
    `UPDATE "AuditEvent" SET outcome = 'denied'`,
    `UPDATE "AuditEvent" SET "principalName" = 'x', sequence = 1, hash = '\\x00'`,
    'DELETE FROM "AuditEvent"',
    'TRUNCATE "AuditEvent"',
  ])('refuses %s', async (text) => {
    await expect(sql(text)).rejects.toThrow(/append-only/)
  })

  it('is sealed once', async () => {
    const one = `id = (SELECT min(id::text)::uuid FROM "AuditEvent")`
    const seal = `UPDATE "AuditEvent" SET sequence = 1, hash = '\\x01' WHERE ${one}`
    await sql(seal)
    await expect(sql(seal)).rejects.toThrow(/append-only/)
  })

  it.each(recorded.map(([id, route]) => [id, route] as const))(
    'has one row for %s, with who, what and how it went, and no value',
    async (id, route) => {
      const { api, acme } = world
      const { path, body } = await requests[id].make(world)
      const runtime = route.roles.includes('orchestrator')
      const method = route.method.toLowerCase() as 'post' | 'patch' | 'delete'
      const response = await api.as(runtime ? acme.orchestrator : undefined)[method](path, body)
      const rows = await api.database.prisma.auditEvent.findMany({
        where: { requestId: String(response.headers['x-request-id']) },
      })
      expect(rows).toMatchObject([
        {
          operation: id,
          outcome: 'allowed',
          principalName: runtime ? 'orchestrator' : 'AGYN_ADMIN_TOKEN',
          organizationId: expect.any(String),
        },
      ])
    },
  )
})
