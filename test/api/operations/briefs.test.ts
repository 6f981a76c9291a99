import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { derivedEnvName } from '../../../contract/derived-env-name.ts'
import type { Caller, Organization, TestApi } from '../../support/test-api.ts'
import { startTestApi } from '../../support/test-api.ts'
import { startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { noSuchId, vaultProvider } from './world.ts'

let api: TestApi
let vault: FakeVault
let acme: Organization
let owner: Caller
let orchestrator: Caller
let providerId: string
beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2 } })
  vault.put('secret/data/db', '{"user":"u","pass":"p"}')
  api = await startTestApi()
  acme = await api.organization('acme')
  owner = api.as(acme.owner)
  orchestrator = api.as(acme.orchestrator)
  providerId = (await owner.post('/api/secret-providers', vaultProvider(vault)).expect(201)).body.id
})
afterAll(async () => {
  await api.close()
  await vault.close()
})

let count = 0
async function team(): Promise<string> {
  const body = { kind: 'team', name: `team-${++count}` }
  return (await owner.post('/api/scopes', body).expect(201)).body.id
}
async function secret(name: string, scopeId: string, value = `value of ${name}`): Promise<string> {
  return (await owner.post('/api/secrets', { name, value, scopeId }).expect(201)).body.id
}
const brief = (body: object, as = orchestrator) => as.post('/api/resolve/brief', body)

describe('a brief', () => {
  it('gives the named secrets under their own names or the ones that are asked for', async () => {
    const scopeId = await team()
    const stripe = await secret('stripe-api-key', scopeId, 'sk_live')
    await secret('db', scopeId, 'pw')
    const secretRefs = ['stripe-api-key', { name: 'db', env: 'DB_PASSWORD' }]
    const answer = await brief({ scopeId, secretRefs }).expect(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).toEqual({
      env: [
        { name: 'STRIPE_API_KEY', value: 'sk_live', ...anyResolved, secretId: stripe },
        { name: 'DB_PASSWORD', value: 'pw', ...anyResolved },
      ],
    })
  })

  it('gives all that apply when it names none, and none when it names an empty list', async () => {
    const scopeId = await team()
    expect((await brief({ scopeId }).expect(200)).body).toEqual({ env: [] })
    await secret('one', scopeId)
    await secret('1st.key', scopeId)
    const names = (body: { env: { name: string }[] }) => body.env.map(({ name }) => name)
    expect(names((await brief({ scopeId }).expect(200)).body)).toEqual(['ONE', '_1ST_KEY'])
    expect((await brief({ scopeId, secretRefs: [] }).expect(200)).body).toEqual({ env: [] })
  })

  it('says everything that is wrong with it at once, and gives nothing', async () => {
    const scopeId = await team()
    await secret('stripe-api-key', scopeId, 'never shown')
    await secret('a.b', scopeId)
    await secret('a-b', scopeId)
    const remote = { name: 'db', scopeId, providerId, remotePath: 'secret/db', remoteKey: 'passwd' }
    await owner.post('/api/secrets', remote).expect(201)
    const secretRefs = ['stripe-apikey', 'stripe-api-key', 'a.b', 'a-b', 'db', 'zzz', 'db']
    const { body } = await brief({ scopeId, secretRefs }).expect(422)
    expect(body.code).toBe('resolution_failed')
    const said = body.errors.map((each: { env: string; code: string; secretName: string }) => [
      each.env,
      each.code,
      each.secretName,
    ])
    expect(said.sort()).toEqual([
      ['A_B', 'env_collision', 'a-b'],
      ['A_B', 'env_collision', 'a.b'],
      ['DB', 'env_collision', 'db'],
      ['STRIPE_APIKEY', 'secret_missing', 'stripe-apikey'],
      ['ZZZ', 'secret_missing', 'zzz'],
    ])
    const missing = body.errors.find(
      (each: { secretName: string }) => each.secretName === 'stripe-apikey',
    )
    expect(missing.nearest).toEqual(['stripe-api-key'])
    expect(JSON.stringify(body)).not.toContain('never shown')
    const one = await brief({ scopeId, secretRefs: ['zzz', 'db'] }).expect(422)
    expect(one.body.errors).toMatchObject([
      { code: 'secret_missing' },
      { env: 'DB', code: 'key_missing', availableKeys: ['user', 'pass'] },
    ])
  })

  it('is refused for a scope that is not there or not ours, and that is recorded', async () => {
    const globex = await api.organization('globex')
    for (const scopeId of [noSuchId, globex.rootScopeId]) {
      const { body } = await brief({ scopeId }).expect(422)
      expect(body.errors).toMatchObject([{ pointer: '#/scopeId', code: 'unknown_id' }])
      await api.as(acme.member).post('/api/preflight/brief', { scopeId }).expect(422)
      const probes = await api.database.prisma.auditEvent.findMany({
        where: { organizationId: acme.id, resourceKind: 'scope', resourceId: scopeId },
        orderBy: { operation: 'asc' },
      })
      const failed = { outcome: 'failed', detail: { failures: [{ code: 'invalid' }] } }
      expect(probes).toMatchObject([
        { operation: 'PreflightBrief', ...failed },
        { operation: 'ResolveBrief', ...failed },
      ])
    }
  })

  it('is refused with what a reference may be', async () => {
    const { body } = await brief({ scopeId: acme.rootScopeId, secretRefs: [5] }).expect(422)
    expect(body.errors).toEqual([
      {
        pointer: '#/secretRefs/0',
        code: 'invalid_value',
        detail: 'Give the name of a secret, or `{ "name": "db", "env": "DB_PASSWORD" }`.',
      },
    ])
  })

  it('names a few of the secrets that become one variable', async () => {
    const scopeId = await team()
    const names = Array.from({ length: 7 }, (_, index) => `same-${index}`)
    for (const name of names) await secret(name, scopeId)
    const secretRefs = names.map((name) => ({ name, env: 'SAME' }))
    const { body } = await brief({ scopeId, secretRefs }).expect(422)
    expect(body.errors).toHaveLength(7)
    expect(body.errors[0].detail).toMatch(/^7 secrets become SAME: same-0, .*same-4, 2 more\./)
  })

  it.each([
    [{ secretRefs: ['a/b'] }],
    [{ secretRefs: [{ name: 'a', env: 'A=B' }] }],
    [{ secretRefs: [{ name: 'a', env: '1A' }] }],
    [{ secretRefs: 'a' }],
    [{ secretRefs: [1] }],
    [{ secretRefs: Array.from({ length: 1001 }, (_, index) => `s${index}`) }],
    [{ workloadId: '' }],
    [{ scopeId: 'payments' }],
  ])('is refused when it is malformed: %j', async (wrong) => {
    const { body } = await brief({ scopeId: acme.rootScopeId, ...wrong }).expect(422)
    expect(body.code).toBe('invalid')
  })

  it('explains itself when asked', async () => {
    const scopeId = await team()
    const wide = await secret('why', acme.rootScopeId, 'wide')
    const narrow = await secret('why', scopeId, 'narrow')
    const { body } = await brief({ scopeId, secretRefs: ['why'], explain: true }).expect(200)
    expect(body.env).toMatchObject([{ name: 'WHY', value: 'narrow', secretId: narrow }])
    expect(body.explanation).toEqual([
      {
        env: 'WHY',
        name: 'why',
        secretId: narrow,
        scopeId,
        scopeKind: 'team',
        storage: 'local',
        passedOver: [{ secretId: wide, scopeId: acme.rootScopeId, scopeKind: 'organization' }],
      },
    ])
    await owner.delete(`/api/secrets/${narrow}`).expect(204)
    const after = await brief({ scopeId, secretRefs: ['why'] }).expect(200)
    expect(after.body.env).toMatchObject([{ value: 'wide' }])
  })

  it('leaves no value in the database', async () => {
    const scopeId = await team()
    await secret('canary', scopeId, 'a canary in a brief')
    await brief({ scopeId, workloadId: 'canary-w' }).expect(200)
    for (const table of ['AuditEvent', 'Delivery']) {
      const rows = await api.database.query(
        '',
        `SELECT to_jsonb(t)::text AS row FROM "${table}" t`,
        [],
      )
      expect(rows.length).toBeGreaterThan(0)
      expect(JSON.stringify(rows)).not.toContain('a canary in a brief')
    }
  })

  it('is preflighted without a value, with the same findings', async () => {
    const scopeId = await team()
    await secret('here', scopeId, 'not to be seen')
    const db = { name: 'db', scopeId, providerId, remotePath: 'secret/db', remoteKey: 'pass' }
    await owner.post('/api/secrets', db).expect(201)
    const member = api.as(acme.member)
    const path = '/api/preflight/brief'
    const fine = (await member.post(path, { scopeId, secretRefs: ['db', 'here'] }).expect(200)).body
    expect(fine).toMatchObject({
      ok: true,
      items: [
        { env: 'DB', ok: true, version: '1', latencyMs: expect.any(Number) },
        { env: 'HERE', ok: true, version: '1', latencyMs: expect.any(Number) },
      ],
    })
    const bad = (await member.post(path, { scopeId, secretRefs: ['here', 'hree'] }).expect(200))
      .body
    expect(bad).toMatchObject({
      ok: false,
      items: [
        { env: 'HERE', ok: true },
        { env: 'HREE', ok: false, code: 'secret_missing', nearest: ['here'] },
      ],
    })
    expect(JSON.stringify([fine, bad])).not.toMatch(/not to be seen|fingerprint|"value"/)
  })
})

describe('the names near a missing one', () => {
  /** Remote secrets of these names, without a request for each. */
  async function secretsNamed(scopeId: string, from: string): Promise<void> {
    const text = `INSERT INTO "Secret" (id, "organizationId", "scopeId", name, storage, "providerId",
        "remotePath", "updatedAt")
      SELECT gen_random_uuid(), $1::uuid, $2::uuid, name, 'remote', $3::uuid, 'secret/db', now()
      FROM (${from}) names`
    await api.database.query('', text, [acme.id, scopeId, providerId])
  }
  const missingOf = async (scopeId: string, secretRefs: readonly string[]) => {
    const { body } = await brief({ scopeId, secretRefs }).expect(422)
    return body.errors as { secretName: string; nearest?: string[] }[]
  }

  it('are found behind thousands of others, and whatever is wrong with the name', async () => {
    const scopeId = await team()
    await secretsNamed(scopeId, `SELECT 'a-' || n AS name FROM generate_series(1, 3000) n`)
    await secret('stripe-api-key', scopeId)
    for (const wrong of ['stripe-apikey', 'Stripe-Api-Key', 'tripe-api-key', 'stripe-api-keys']) {
      expect(await missingOf(scopeId, [wrong])).toMatchObject([{ nearest: ['stripe-api-key'] }])
    }
  })

  it('are looked for in a moment, and of the first twenty, however many and long they are', async () => {
    const scopeId = await team()
    const long = `SELECT repeat('ab', 97) || n AS name FROM generate_series(100001, 102000) n`
    await secretsNamed(scopeId, long)
    const wanted = Array.from({ length: 1000 }, (_, index) => 'Ab'.repeat(97) + (1000 + index))
    const began = performance.now()
    const errors = await missingOf(scopeId, wanted)
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(errors).toHaveLength(1000)
    expect(errors[0]?.nearest).toHaveLength(3)
    expect(errors.slice(20).every(({ nearest }) => nearest === undefined)).toBe(true)
  })
})

const anyResolved = {
  encoding: 'utf8',
  version: '1',
  fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
  secretId: expect.any(String),
}

describe('the variable of a secret', () => {
  it.each([
    ['stripe-api-key', 'STRIPE_API_KEY'],
    ['stripe.apiKey', 'STRIPE_APIKEY'],
    ['Production AWS', 'PRODUCTION_AWS'],
    ['1password', '_1PASSWORD'],
    ['schlüssel', 'SCHL_SSEL'],
    ['a😀b', 'A_B'],
    ['_x', '_X'],
  ])('%s becomes %s', (name, env) => {
    expect(derivedEnvName(name)).toBe(env)
  })
})

/** A tree of up to four levels, and secrets of three names scattered over it. */
const kinds = ['team', 'workspace', 'project'] as const
const plan = fc.record({
  depth: fc.integer({ min: 0, max: 3 }),
  secrets: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('a', 'b', 'c'), level: fc.nat({ max: 3 }) }),
    { selector: ({ name, level }) => `${name}${level}`, maxLength: 9 },
  ),
  refs: fc.option(fc.subarray(['a', 'b', 'c']), { nil: undefined }),
})

it('gives what writing over from the organization down to the scope leaves', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ depth, secrets, refs }) => {
      const body = (await api.as().post('/api/organizations', { name: `o-${++count}` })).body
      const admin = api.as()
      const organizationId = body.id
      const levels: string[] = [body.rootScopeId]
      for (const kind of kinds) {
        const scope = { organizationId, kind, name: kind, parentId: levels.at(-1) }
        levels.push((await admin.post('/api/scopes', scope).expect(201)).body.id)
      }
      for (const { name, level } of secrets) {
        const value = `${name} of level ${level}`
        const scopeId = levels[level]
        await admin.post('/api/secrets', { organizationId, name, value, scopeId }).expect(201)
      }
      // The model: from wide to narrow, each level writes over the ones before it.
      const model: Record<string, string> = {}
      for (const level of [0, 1, 2, 3].slice(0, depth + 1)) {
        for (const each of secrets) {
          if (each.level === level) model[each.name] = `${each.name} of level ${level}`
        }
      }
      const wanted = refs ?? Object.keys(model)
      const token = { organizationId, name: 'o', role: 'orchestrator' }
      const runtime = (await admin.post('/api/api-tokens', token).expect(201)).body.token
      const answer = await brief({ scopeId: levels[depth], secretRefs: refs }, api.as(runtime))
      const missing = wanted.filter((name) => !(name in model))
      if (missing.length > 0) {
        expect(answer.status).toBe(422)
        const named = answer.body.errors.map((each: { secretName: string }) => each.secretName)
        expect(named.sort()).toEqual(missing.sort())
      } else {
        const got = answer.body.env.map((env: { value: string }) => env.value)
        expect(got).toEqual((refs ?? wanted.sort()).map((name) => model[name]))
      }
    }),
    { numRuns: 25 },
  )
})
