import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuditLog } from '../../../api/audit/audit-log.ts'
import { keepSweeping } from '../../../api/retention/keep-sweeping.ts'
import { sweep } from '../../../api/retention/sweep.ts'
import { freshName, startWorld, vaultProvider, type World } from '../operations/world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)

async function made(path: string, body: object): Promise<string> {
  return (await owner().post(path, body).expect(201)).body.id
}

const newSecret = (rest: object = {}) =>
  made('/api/secrets', { name: freshName(), value: 'v', ...rest })

const remove = (path: string) => owner().delete(path).expect(204)

const sql = (text: string, values: unknown[] = []) =>
  world.api.database.query<Record<string, unknown>>('', text, values)

/** Moves a deletion into the past, by the database's clock. */
const age = (table: string, id: string, interval: string) =>
  sql(
    `UPDATE "${table}" SET "deletedAt" = now() - $2::interval
     WHERE id = $1 AND "deletedAt" IS NOT NULL`,
    [id, interval],
  )

const sweepNow = () => {
  const { database } = world.api
  return sweep({ database, audit: new AuditLog(database) })
}

const isThere = async (table: string, id: string) =>
  (await sql(`SELECT 1 FROM "${table}" WHERE id = $1`, [id])).length > 0

const audited = (resourceId: string) =>
  world.api.database.prisma.auditEvent.findMany({
    where: { operation: 'PurgeSecret', resourceId },
  })

const SHORT_OF = '29 days 23 hours'
const OVER = '30 days 1 second'

async function deletedSecret(interval: string, rest: object = {}): Promise<string> {
  const id = await newSecret(rest)
  await remove(`/api/secrets/${id}`)
  await age('Secret', id, interval)
  return id
}

describe('a sweep', () => {
  it('purges secrets that were deleted more than 30 days ago, and says so in the audit log', async () => {
    const [old, young, living] = [
      await deletedSecret(OVER),
      await deletedSecret(SHORT_OF),
      await newSecret(),
    ]
    await sweepNow()
    expect(await isThere('Secret', old)).toBe(false)
    expect(await isThere('Secret', young)).toBe(true)
    expect(await isThere('Secret', living)).toBe(true)
    await owner().post(`/api/secrets/${young}/restore`).expect(200)
    expect(await audited(old)).toMatchObject([
      {
        organizationId: world.acme.id,
        principalKind: 'system',
        principalName: 'retention',
        outcome: 'allowed',
        resourceKind: 'secret',
      },
    ])
    expect(await audited(young)).toEqual([])
  })

  it('leaves the name of a secret that envs refer to, until they do not', async () => {
    const id = await newSecret()
    const consumer = { kind: 'agent', id: freshName() }
    const envId = await made('/api/envs', { consumer, name: 'A', secretId: id })
    await remove(`/api/secrets/${id}?force=true`)
    await age('Secret', id, OVER)
    await sweepNow()
    const { prisma } = world.api.database
    expect(await prisma.secret.findUnique({ where: { id } })).toMatchObject({
      purgedAt: expect.any(Date),
    })
    expect(await prisma.secretVersion.count({ where: { secretId: id } })).toBe(0)
    await sweepNow()
    expect(await audited(id)).toHaveLength(1)
    await remove(`/api/envs/${envId}`)
    await sweepNow()
    expect(await isThere('Secret', id)).toBe(false)
  })

  it('drops a deleted provider once it is old and no secret is left of it', async () => {
    const newProvider = () => made('/api/secret-providers', vaultProvider(world.vault, freshName()))
    const [old, young, used] = [await newProvider(), await newProvider(), await newProvider()]
    const place = { value: undefined, providerId: used, remotePath: 'secret/data/app' }
    const secret = await newSecret(place)
    for (const [id, interval] of [
      [old, OVER],
      [young, SHORT_OF],
      [used, OVER],
    ] as const) {
      await remove(`/api/secret-providers/${id}?force=true`)
      await age('SecretProvider', id, interval)
    }
    await sweepNow()
    const left = async () =>
      Promise.all([old, young, used].map((id) => isThere('SecretProvider', id)))
    expect(await left()).toEqual([false, true, true])
    await remove(`/api/secrets/${secret}`)
    await age('Secret', secret, OVER)
    await sweepNow()
    expect(await left()).toEqual([false, true, false])
  })

  it('leaves a deleted provider that is still to keep the new values of the organization', async () => {
    const id = await made('/api/secret-providers', vaultProvider(world.vault, freshName()))
    const path = `/api/organizations/${world.acme.id}`
    await world.api.as().patch(path, { defaultProviderId: id }).expect(200)
    await remove(`/api/secret-providers/${id}?force=true`)
    await age('SecretProvider', id, OVER)
    await sweepNow()
    expect(await isThere('SecretProvider', id)).toBe(true)
    await world.api.as().patch(path, { defaultStorage: 'local' }).expect(200)
    await sweepNow()
    expect(await isThere('SecretProvider', id)).toBe(false)
  })

  it('forgets what providers were asked more than an hour ago', async () => {
    const { acme, globex } = world
    const minute = (tenant: typeof acme, before: string) =>
      sql(
        `INSERT INTO "ProviderMinute" ("organizationId", "providerId", minute, calls)
         VALUES ($1, $2, now() - $3::interval, 1)`,
        [tenant.id, tenant.providerId, before],
      )
    await minute(acme, '1 hour 1 minute')
    await minute(globex, '58 minutes')
    await sweepNow()
    const left = await sql('SELECT "providerId" FROM "ProviderMinute"')
    expect(left).toEqual([{ providerId: globex.providerId }])
  })

  it('drops deleted scopes to which nothing refers any more, from the leaves up', async () => {
    const team = await made('/api/scopes', { kind: 'team', name: freshName() })
    const below = { kind: 'workspace', name: freshName(), parentId: team }
    const workspace = await made('/api/scopes', below)
    const living = await made('/api/scopes', { kind: 'team', name: freshName() })
    const secret = await deletedSecret(SHORT_OF, { scopeId: workspace })
    await remove(`/api/scopes/${workspace}`)
    await remove(`/api/scopes/${team}`)
    const left = async () =>
      Promise.all([team, workspace, living].map((id) => isThere('Scope', id)))
    await sweepNow()
    expect(await left()).toEqual([true, true, true])
    await age('Secret', secret, OVER)
    await sweepNow()
    expect(await left()).toEqual([false, false, true])
  })

  it('forgets deliveries after 30 days, and creating requests after 24 hours', async () => {
    const { acme, api } = world
    const consumer = { kind: 'agent', id: 'billing' }
    const [old, young] = [freshName(), freshName()]
    for (const workloadId of [old, young]) {
      const body = { consumer, workloadId }
      await api.as(acme.orchestrator).post('/api/resolve/workload', body).expect(200)
    }
    const move = `UPDATE "Delivery" SET "deliveredAt" = now() - $2::interval WHERE "workloadId" = $1`
    await sql(move, [old, OVER])
    await sql(move, [young, SHORT_OF])
    const keys = { '24 hours 1 second': freshName(), '23 hours': freshName() }
    for (const [interval, key] of Object.entries(keys)) {
      await sql(
        `INSERT INTO "IdempotencyRecord" ("principalId", key, operation, digest, "resourceId", "createdAt")
         VALUES ($1, $2, 'CreateSecret', $3, $1, now() - $4::interval)`,
        [randomUUID(), key, randomBytes(32), interval],
      )
    }
    await sweepNow()
    const deliveries = await api.database.prisma.delivery.findMany()
    expect(deliveries.map(({ workloadId }) => workloadId)).toEqual([young])
    const records = await api.database.prisma.idempotencyRecord.findMany()
    expect(records.map(({ key }) => key)).toEqual([keys['23 hours']])
  })

  it('by several processes at once does each thing once', async () => {
    const ids = []
    for (let count = 0; count < 45; count++) ids.push(await deletedSecret(OVER))
    await Promise.all([sweepNow(), sweepNow(), sweepNow()])
    for (const id of ids) {
      expect(await isThere('Secret', id)).toBe(false)
      expect(await audited(id)).toHaveLength(1)
    }
  })

  it('while somebody restores it, either comes first', async () => {
    const id = await deletedSecret(SHORT_OF)
    const restored = owner().post(`/api/secrets/${id}/restore`)
    const swept = age('Secret', id, OVER).then(sweepNow)
    const [{ status }] = await Promise.all([restored, swept])
    expect(await isThere('Secret', id)).toBe(status === 200)
  })

  it('ends after the batch under way when it is told to', async () => {
    const id = await deletedSecret(OVER)
    const { database } = world.api
    await sweep({ database, audit: new AuditLog(database), signal: AbortSignal.abort() })
    expect(await isThere('Secret', id)).toBe(true)
  })

  it('that fails is told of and does no harm', async () => {
    const id = await deletedSecret(OVER)
    const { database } = world.api
    const errors: unknown[] = []
    const full = new Error('disk full')
    const audit = { recordIn: () => Promise.reject(full) }
    const failed = new Promise<void>((resolve) => {
      const stop = keepSweeping({ database, audit }, (error) => {
        errors.push(error)
        resolve(stop())
      })
    })
    await failed
    expect(errors).toEqual([full])
    expect(await isThere('Secret', id)).toBe(true)
    await keepSweeping({ database, audit: new AuditLog(database) }, (error) => errors.push(error))()
    expect(errors).toHaveLength(1)
  })
})
