import http from 'node:http'
import { Database } from '../api/database/database.ts'
import { startPostgres } from '../scripts/postgres.ts'
import { BuiltApi } from './harness/built-api.ts'
import { interleaved, type Bench, type Figure } from './harness/figure.ts'
import { get, post } from './harness/post.ts'

const sizes = { '1 k': 1_000, '100 k': 100_000, '1 M': 1_000_000 } as const
type Size = keyof typeof sizes

const briefed = ['one-of-the-brief', 'two-of-the-brief', 'three-of-the-brief']

/** Of each size the same pages: what comes first, what comes late, and what is asked for. */
const pageSize = 10
const late = 99

/**
 * ListSecrets of organizations of three sizes, each in a database of its own on one PostgreSQL, asked
 * in turn. A page must cost a page, however many there are, and a brief what it names.
 */
export const listSecrets: Bench = async (workspace) => {
  const postgres = workspace.owning(await startPostgres(), (it) => it.stop())
  const agent = workspace.owning(new http.Agent({ keepAlive: true }), (it) => it.destroy())
  const works: Record<string, () => Promise<unknown>> = {}
  for (const [size, count] of Object.entries(sizes)) {
    const databaseUrl = await makeDatabase(postgres.url, `list_${count}`)
    const api = workspace.owning(await BuiltApi.start({ databaseUrl }), (it) => it.remove())
    const { id: organizationId, runtimeToken } = await api.organization()
    const admin = api.client()
    const items = briefed.map((name) => ({ name, value: `not-a-real-key-of-${name}` }))
    await admin.call('ImportSecrets', { body: { organizationId, items } })
    const { rootScopeId } = await admin.call('GetOrganization', { params: { id: organizationId } })
    await fill(databaseUrl, organizationId, count)
    const ask = async (query: string, expected: number = pageSize) => {
      const path = `/api/secrets?limit=${pageSize}&${query}`
      const answer = JSON.parse(await get(agent, api.url, path, api.adminToken)) as Page
      if (answer.items.length !== expected)
        throw new Error(`${path} answered ${answer.items.length}`)
      return answer
    }
    let cursor = ''
    for (let page = 0; page < late; page++) {
      cursor = `cursor=${(await ask(`organizationId=${organizationId}&${cursor}`)).nextCursor}`
    }
    const scopeId = await someScope(databaseUrl)
    const of = `organizationId=${organizationId}`
    works[`first page, ${size}`] = () => ask(of)
    works[`hundredth page, ${size}`] = () => ask(`${of}&${cursor}`)
    works[`of a scope, ${size}`] = () => ask(`${of}&scopeId=${scopeId}`)
    works[`of a category, ${size}`] = () => ask(`${of}&category=agent_secret`)
    works[`by name, ${size}`] = () => ask(`${of}&name=secret-77`, 1)
    works[`by a part of the name, ${size}`] = () => ask(`${of}&q=needle`, 1)
    works[`ResolveBrief of three names, ${size}`] = async () => {
      const body = { scopeId: rootScopeId, secretRefs: briefed }
      const answer = await post(agent, api.url, '/api/resolve/brief', runtimeToken, body)
      const { env } = JSON.parse(answer) as { env: unknown[] }
      if (env.length !== briefed.length) throw new Error(`The API answered ${answer}`)
    }
  }
  const ms = await interleaved(200, works)
  return [
    'first page',
    'hundredth page',
    'of a scope',
    'of a category',
    'by name',
    'by a part of the name',
    'ResolveBrief of three names',
  ].flatMap((what): Figure[] => {
    const of = (size: Size) => ms[`${what}, ${size}`] ?? NaN
    return [
      { what: `${what}, of 1 k`, value: of('1 k'), unit: 'ms' },
      ...(['100 k', '1 M'] as const).map((size): Figure => ({
        what: `${what}, of ${size} : of 1 k`,
        value: of(size) / of('1 k'),
        unit: 'times',
        promise: { atMost: 1.5 },
      })),
    ]
  })
}

interface Page {
  readonly items: unknown[]
  readonly nextCursor: string | null
}

async function makeDatabase(server: string, name: string): Promise<string> {
  const admin = await Database.postgres(server)
  await admin.query('', `CREATE DATABASE ${name}`, [])
  await admin.close()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** So many local secrets, one in a hundred in a team, one in fifty of a rare category, one with another name. A list opens none. */
async function fill(url: string, organizationId: string, count: number): Promise<void> {
  const database = await Database.postgres(url)
  const run = (sql: string, values: unknown[]) => database.query('', sql, values)
  await run(TEAM, [organizationId])
  // In parts, because one statement may take ten seconds.
  for (let from = 0; from < count; from += 20_000) {
    const part = [organizationId, from, Math.min(from + 20_000, count) - 1]
    await run(SECRETS, part)
    await run(VERSIONS, part)
  }
  await run('ANALYZE', [])
  await database.close()
}

/** Ids in the order of the numbers. */
const ID = (prefix: string) => `('${prefix}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`

const TEAM = `INSERT INTO "Scope" (id, "organizationId", kind, "parentId", name, "updatedAt")
  SELECT gen_random_uuid(), $1::uuid, 'team', id, 'payments', now() FROM "Scope" WHERE "parentId" IS NULL`

const SECRETS = `INSERT INTO "Secret"
    (id, "organizationId", "scopeId", name, category, storage, "currentVersion", "updatedAt")
  SELECT ${ID('0198c0de')}, $1::uuid,
    (SELECT id FROM "Scope" WHERE kind::text = CASE n % 100 WHEN 7 THEN 'team' ELSE 'organization' END),
    CASE n WHEN 500 THEN 'a-needle-in-it' ELSE 'secret-' || n END,
    (CASE n % 50 WHEN 3 THEN 'agent_secret' ELSE 'other' END)::"SecretCategory", 'local', 1, now()
  FROM generate_series($2::int, $3::int) n`

const VERSIONS = `INSERT INTO "SecretVersion"
    ("organizationId", "secretId", number, state, encoding, fingerprint, "createdBy")
  SELECT $1::uuid, ${ID('0198c0de')}, 1, 'current', 'utf8', repeat('0', 32), 'bench'
  FROM generate_series($2::int, $3::int) n`

async function someScope(url: string): Promise<string> {
  const database = await Database.postgres(url)
  const [team] = await database.query<{ id: string }>(
    '',
    `SELECT id FROM "Scope" WHERE kind = 'team'`,
    [],
  )
  await database.close()
  return team?.id ?? ''
}
