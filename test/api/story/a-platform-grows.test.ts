import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApi, type Caller, type TestApi } from '../../support/test-api.ts'
import { startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { vaultProvider } from '../operations/world.ts'

/**
 * A platform from its first organization to its first rotation, told over HTTP. Each chapter goes on
 * where the one before it ended.
 */
describe('a platform that grows', () => {
  let api: TestApi
  let vault: FakeVault
  let admin: Caller
  let owner: Caller
  let orchestrator: Caller
  let ci: Caller
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    vault = await startVault({ mounts: { kv: 2 } })
    vault.put('kv/data/prod/db', '{"user":"app","password":"pw-1"}')
    api = await startTestApi()
    admin = api.as()
  })
  afterAll(async () => {
    await api.close()
    await vault.close()
  })

  const made = async (as: Caller, path: string, body: object) =>
    (await as.post(path, body).expect(201)).body
  const id = (name: string): string => ids[name] ?? ''
  const resolveBrief = (scope: string, more: object = {}) =>
    orchestrator.post('/api/resolve/brief', { scopeId: id(scope), ...more })
  const start = (agent: string, workloadId?: string) =>
    orchestrator.post('/api/resolve/workload', {
      consumer: { kind: 'agent', id: agent },
      workloadId,
    })
  const valuesOf = (body: { env: { name: string; value: string }[] }) =>
    Object.fromEntries(body.env.map(({ name, value }) => [name, value]))

  it('begins with an organization and its tokens', async () => {
    ids['acme'] = (await made(admin, '/api/organizations', { name: 'acme' })).id
    const token = async (role: string) =>
      (await made(admin, '/api/api-tokens', { name: role, role })).token
    owner = api.as(await token('owner'))
    ci = api.as(await token('member'))
    orchestrator = api.as(await token('orchestrator'))
  })

  it('draws its tree: a team, a workspace, a project', async () => {
    let parentId: string | undefined
    for (const [kind, name] of [
      ['team', 'payments'],
      ['workspace', 'eu'],
      ['project', 'refunds'],
    ]) {
      parentId = (await made(owner, '/api/scopes', { kind, name, parentId })).id
      ids[name ?? ''] = parentId ?? ''
    }
    const found = await owner.get('/api/scopes?path=payments/eu/refunds').expect(200)
    expect(found.body.items).toMatchObject([{ id: id('refunds') }])
  })

  it('gives the team its own key in place of the one of the organization', async () => {
    const secret = (name: string, more: object) => made(owner, '/api/secrets', { name, ...more })
    ids['wide'] = (await secret('stripe-api-key', { value: 'sk_of_all' })).id
    ids['narrow'] = (
      await secret('stripe-api-key', { value: 'sk_of_payments', scopeId: id('payments') })
    ).id
    const { body } = await resolveBrief('refunds', { explain: true }).expect(200)
    expect(valuesOf(body)).toEqual({ STRIPE_API_KEY: 'sk_of_payments' })
    expect(body.explanation).toMatchObject([
      { scopeKind: 'team', passedOver: [{ secretId: id('wide'), scopeKind: 'organization' }] },
    ])
  })

  it('registers Vault, and finds a misspelt key before anything starts', async () => {
    ids['vault'] = (await made(owner, '/api/secret-providers', vaultProvider(vault))).id
    const remote = { providerId: id('vault'), remotePath: 'kv/prod/db' }
    ids['db-user'] = (
      await made(owner, '/api/secrets', { ...remote, name: 'db-user', remoteKey: 'user' })
    ).id
    ids['db-password'] = (
      await made(owner, '/api/secrets', { ...remote, name: 'db-password', remoteKey: 'passwd' })
    ).id
    const consumer = { kind: 'agent', id: 'billing' }
    const template = 'postgres://${secret:db-user}:${secret:db-password}@db/app'
    await made(owner, '/api/envs', { consumer, name: 'DATABASE_URL', template })
    await made(owner, '/api/envs', { consumer, name: 'STRIPE_API_KEY', secretId: id('narrow') })

    const before = await ci.post('/api/preflight/workload', { consumer }).expect(200)
    expect(before.body).toMatchObject({
      ok: false,
      items: [
        {
          env: 'DATABASE_URL',
          ok: false,
          code: 'key_missing',
          availableKeys: ['user', 'password'],
        },
        { env: 'STRIPE_API_KEY', ok: true, version: '1' },
      ],
    })
    await start('billing').expect(422)
    await owner.patch(`/api/secrets/${id('db-password')}`, { remoteKey: 'password' }).expect(200)
    const after = await ci.post('/api/preflight/workload', { consumer }).expect(200)
    expect(after.body.ok).toBe(true)
    expect(JSON.stringify([before.body, after.body])).not.toMatch(/pw-1|sk_of/)
  })

  it('starts workloads, and knows what they hold', async () => {
    const { body } = await start('billing', 'w-1').expect(200)
    expect(valuesOf(body)).toEqual({
      DATABASE_URL: 'postgres://app:pw-1@db/app',
      STRIPE_API_KEY: 'sk_of_payments',
    })
    await resolveBrief('refunds', { secretRefs: ['stripe-api-key'], workloadId: 'w-2' }).expect(200)
    const held = await owner.get(`/api/secrets/${id('narrow')}/deliveries`).expect(200)
    expect(held.body.items).toMatchObject([
      {
        workloadId: 'w-1',
        consumer: { kind: 'agent', id: 'billing' },
        version: '1',
        outdated: false,
      },
      { workloadId: 'w-2', scopeId: id('refunds'), version: '1', outdated: false },
    ])
  })

  it('rotates the key: who still holds the old one is listed until he has ended', async () => {
    const path = `/api/secrets/${id('narrow')}`
    const body = { value: 'sk_of_payments_2', rotateEvery: '30d' }
    const rotated = await owner.patch(path, body).expect(200)
    expect(rotated.body).toMatchObject({ version: '2', rotateEvery: '30d' })
    await start('billing', 'w-3').expect(200)
    const outdated = async () =>
      (await owner.get(`${path}/deliveries?outdated=true`).expect(200)).body.items.map(
        (each: { workloadId: string }) => each.workloadId,
      )
    expect(await outdated()).toEqual(['w-1', 'w-2'])
    await orchestrator.post('/api/workloads/w-1/ended').expect(200)
    expect(await outdated()).toEqual(['w-2'])

    vault.put('kv/data/prod/db', '{"user":"app","password":"pw-2"}')
    await start('billing', 'w-3').expect(200)
    const due = (before: string) => owner.get(`/api/due?before=${before}`).expect(200)
    const soon = new Date(Date.parse(rotated.body.rotateAt) + 1).toISOString()
    expect((await due(soon)).body.items).toMatchObject([
      { kind: 'secret', id: id('narrow'), reason: 'rotation', overdue: false },
    ])
    expect((await due(rotated.body.rotatedAt)).body.items).toEqual([])
  })

  it('goes back to the version before, when the new one was wrong', async () => {
    const path = `/api/secrets/${id('narrow')}`
    const { body } = await owner.post(`${path}/versions/1/restore`).expect(200)
    expect(body.version).toBe('3')
    const versions = (await owner.get(`${path}/versions`).expect(200)).body.items
    expect(versions).toMatchObject([
      { version: '3', state: 'current' },
      { version: '2', state: 'past' },
      { version: '1', state: 'past' },
    ])
    expect(versions[0].fingerprint).toBe(versions[2].fingerprint)
    expect(
      valuesOf((await resolveBrief('refunds', { secretRefs: ['stripe-api-key'] })).body),
    ).toEqual({
      STRIPE_API_KEY: 'sk_of_payments',
    })
  })

  it('is told what would break before anything is deleted', async () => {
    const refused = await owner.delete(`/api/secrets/${id('narrow')}`).expect(409)
    expect(refused.body).toMatchObject({ count: 1, references: [{ name: 'STRIPE_API_KEY' }] })
    const chain = (await ci.get(`/api/secret-providers/${id('vault')}/references`)).body.items
    expect(chain).toMatchObject([
      { kind: 'secret', name: 'db-user' },
      { kind: 'env', name: 'DATABASE_URL', consumer: { id: 'billing' } },
      { kind: 'secret', name: 'db-password' },
      { kind: 'env', name: 'DATABASE_URL', consumer: { id: 'billing' } },
    ])
  })

  it('replaces a secret everywhere, and deletes what nobody needs any more', async () => {
    const path = `/api/secrets/${id('narrow')}`
    const replace = { secretId: id('wide') }
    await owner.post(`${path}/replace-references`, replace).expect(200)
    await owner.delete(path).expect(204)
    expect(valuesOf((await start('billing').expect(200)).body)).toMatchObject({
      STRIPE_API_KEY: 'sk_of_all',
    })
    expect(
      valuesOf((await resolveBrief('refunds', { secretRefs: ['stripe-api-key'] })).body),
    ).toEqual({
      STRIPE_API_KEY: 'sk_of_all',
    })
  })

  it('brings back what was deleted by mistake, and destroys what must be gone', async () => {
    const deleted = await owner.get('/api/secrets?deleted=true').expect(200)
    expect(deleted.body.items).toMatchObject([{ id: id('narrow') }])
    const path = `/api/secrets/${id('narrow')}`
    await owner.post(`${path}/restore`).expect(200)
    expect(
      valuesOf((await resolveBrief('refunds', { secretRefs: ['stripe-api-key'] })).body),
    ).toEqual({
      STRIPE_API_KEY: 'sk_of_payments',
    })
    await owner.delete(path).expect(204)
    await owner.post(`${path}/purge`).expect(204)
    await owner.post(`${path}/restore`).expect(404)
  })

  it('sends a request again whose answer was lost, and makes nothing twice', async () => {
    const send = () =>
      owner
        .post('/api/secrets', { name: 'made-once', value: 'v' })
        .set('Idempotency-Key', 'create made-once')
    const [first, again] = [await send().expect(201), await send().expect(201)]
    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotent-replayed']).toBe('true')
  })

  it('takes over what another system kept, once it has seen what would happen', async () => {
    const items = [
      { name: 'made-once', value: 'v' },
      { name: 'openai', value: 'sk-openai' },
    ]
    const dry = await owner.post('/api/secrets/import', { items, dryRun: true }).expect(200)
    expect(dry.body).toMatchObject({
      applied: false,
      items: [{ outcome: 'unchanged' }, { outcome: 'created' }],
    })
    await owner.post('/api/secrets/import', { items }).expect(200)
    const names: string[] = []
    let cursor = ''
    do {
      const page = (await ci.get(`/api/secrets?limit=2${cursor}`).expect(200)).body
      names.push(...page.items.map((each: { name: string }) => each.name))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(names).toEqual(['stripe-api-key', 'db-user', 'db-password', 'made-once', 'openai'])
  })

  it('has said no value in any log line or audit row', async () => {
    const rows = await api.database.query(
      '',
      'SELECT to_jsonb(e)::text AS row FROM "AuditEvent" e',
      [],
    )
    expect(rows.length).toBeGreaterThan(25)
    for (const value of ['sk_of', 'pw-1', 'pw-2', 'sk-openai']) {
      expect(JSON.stringify(rows)).not.toContain(value)
      expect(api.logged.join()).not.toContain(value)
    }
  })
})
