import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshName, noSuchId, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => void (world = await startWorld()))
afterAll(() => world.close())

const owner = () => world.api.as(world.acme.owner)
const orchestrator = () => world.api.as(world.acme.orchestrator)

async function made(path: string, body: object): Promise<string> {
  return (await owner().post(path, body).expect(201)).body.id
}

const newSecret = (rest: object = {}) =>
  made('/api/secrets', { name: freshName(), value: 'v1', ...rest })

/** A consumer with these secrets, under the names A, B, C… */
async function consumerOf(...secretIds: string[]) {
  const consumer = { kind: 'agent', id: freshName() }
  for (const [index, secretId] of secretIds.entries()) {
    await made('/api/envs', { consumer, name: String.fromCharCode(65 + index), secretId })
  }
  return consumer
}

const start = (consumer: object, workloadId?: string) =>
  orchestrator().post('/api/resolve/workload', { consumer, workloadId }).expect(200)

const end = (workloadId: string, as = orchestrator()) =>
  as.post(`/api/workloads/${encodeURIComponent(workloadId)}/ended`)

const deliveries = async (secretId: string, query: object = {}) =>
  (await owner().get(`/api/secrets/${secretId}/deliveries`).query(query).expect(200)).body.items

const held = async (workloadId: string): Promise<string[]> => {
  const rows = await world.api.database.prisma.delivery.findMany({ where: { workloadId } })
  return rows.map(({ env }) => env).sort()
}

const change = (id: string, value: string) =>
  owner().patch(`/api/secrets/${id}`, { value }).expect(200)

describe('the deliveries of a secret', () => {
  it('tell which workloads hold it, and which of them an older value', async () => {
    const id = await newSecret()
    const consumer = await consumerOf(id)
    await start(consumer, 'w-old')
    await change(id, 'v2')
    await start(consumer, 'w-new')
    await start(consumer)
    const common = { env: 'A', consumer, deliveredAt: expect.any(String) }
    const [fresh, old] = [
      { ...common, workloadId: 'w-new', version: '2', outdated: false },
      { ...common, workloadId: 'w-old', version: '1', outdated: true },
    ]
    expect(await deliveries(id)).toEqual([fresh, old])
    expect(await deliveries(id, { outdated: true })).toEqual([old])
    expect(JSON.stringify(await deliveries(id))).not.toMatch(/fingerprint/)
    await change(id, 'v1')
    expect(await deliveries(id, { outdated: true })).toMatchObject([{ workloadId: 'w-new' }])
  })

  it('of a remote secret are compared with what was read last', async () => {
    const id = await newSecret({
      value: undefined,
      providerId: world.acme.providerId,
      remotePath: 'secret/data/rotating',
    })
    const consumer = await consumerOf(id)
    world.vault.put('secret/data/rotating', '{"value":"old"}')
    const [first, second] = [freshName(), freshName()]
    await start(consumer, first)
    expect(await deliveries(id)).toMatchObject([{ workloadId: first, outdated: false }])
    world.vault.put('secret/data/rotating', '{"value":"new"}')
    await world.api.database.query(
      '',
      `UPDATE "Delivery" SET "deliveredAt" = now() - interval '1 hour' WHERE "workloadId" = $1`,
      [first],
    )
    await start(consumer, second)
    expect(await deliveries(id, { outdated: true })).toMatchObject([
      { workloadId: first, version: '1' },
    ])
    expect(await deliveries(id)).toHaveLength(2)
  })

  it('name the secrets of a template, and the scope of a brief', async () => {
    const scopeId = await made('/api/scopes', { kind: 'team', name: freshName() })
    const name = freshName()
    const id = await newSecret({ scopeId, name })
    const brief = { scopeId, secretRefs: [{ name, env: 'KEY' }], workloadId: freshName() }
    await orchestrator().post('/api/resolve/brief', brief).expect(200)
    const [delivery] = await deliveries(id)
    expect(delivery).toMatchObject({ workloadId: brief.workloadId, env: 'KEY', scopeId })
    expect(delivery).not.toHaveProperty('consumer')
  })

  it('come in pages', async () => {
    const id = await newSecret()
    const consumer = await consumerOf(id, id)
    const workloads = ['p/1', 'p/2', 'p/3']
    for (const workload of workloads) await start(consumer, workload)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) }
      const path = `/api/secrets/${id}/deliveries`
      const { body } = await owner().get(path).query(query).expect(200)
      for (const { workloadId, env } of body.items) seen.push(`${workloadId} ${env}`)
      cursor = body.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(workloads.flatMap((workload) => [`${workload} A`, `${workload} B`]))
  })

  it('are forgotten after 30 days', async () => {
    const id = await newSecret()
    const consumer = await consumerOf(id)
    const [young, old] = [freshName(), freshName()]
    await start(consumer, young)
    await start(consumer, old)
    await world.api.database.query(
      '',
      `UPDATE "Delivery" SET "deliveredAt" = now() - interval '30 days 1 second' WHERE "workloadId" = $1`,
      [old],
    )
    expect(await deliveries(id)).toMatchObject([{ workloadId: young }])
  })

  it.each([noSuchId, 'not-an-id'])('are 404 for %s', async (id) => {
    await owner().get(`/api/secrets/${id}/deliveries`).expect(404)
  })

  it('are not there for another organization', async () => {
    const { api, acme, globex } = world
    await api.as(globex.owner).get(`/api/secrets/${acme.secretId}/deliveries`).expect(404)
  })
})

describe('a workload that starts again', () => {
  it('holds what it was given then, and nothing else', async () => {
    const [first, second] = [await newSecret(), await newSecret()]
    const consumer = await consumerOf(first, second)
    const workload = freshName()
    await start(consumer, workload)
    expect(await held(workload)).toEqual(['A', 'B'])
    const envs = (await owner().get('/api/envs').query({ consumerId: consumer.id })).body.items
    await owner().delete(`/api/envs/${envs[0].id}`).expect(204)
    await change(second, 'v2')
    await start(consumer, workload)
    expect(await held(workload)).toEqual(['B'])
    expect(await deliveries(second)).toMatchObject([{ version: '2', outdated: false }])
    await owner().patch(`/api/envs/${envs[1].id}`, { value: 'plain' }).expect(200)
    await start(consumer, workload)
    expect(await held(workload)).toEqual([])
  })

  it('keeps what it holds as another consumer, or from a brief', async () => {
    const name = freshName()
    const id = await newSecret({ name })
    const [agent, server] = [await consumerOf(id), await consumerOf(id, id)]
    const workload = freshName()
    await start(server, workload)
    const brief = { scopeId: world.acme.rootScopeId, secretRefs: [{ name, env: 'C' }] }
    await orchestrator()
      .post('/api/resolve/brief', { ...brief, workloadId: workload })
      .expect(200)
    await start(agent, workload)
    expect(await held(workload)).toEqual(['A', 'B', 'C'])
    await orchestrator()
      .post('/api/resolve/brief', { ...brief, secretRefs: [], workloadId: workload })
      .expect(200)
    expect(await held(workload)).toEqual(['A', 'B'])
  })

  it('many times at once holds each value once', async () => {
    const secrets = [await newSecret(), await newSecret(), await newSecret()]
    const consumer = await consumerOf(...secrets)
    const workloads = [freshName(), freshName()]
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => start(consumer, workloads[index % 2])),
    )
    for (const workload of workloads) expect(await held(workload)).toEqual(['A', 'B', 'C'])
    const ends = await Promise.all([
      ...workloads.map((workload) => end(workload)),
      ...Array.from({ length: 10 }, () => start(consumer, workloads[0])),
    ])
    expect(ends.map(({ status }) => status)).toEqual(Array(12).fill(200))
  })
})

describe('a workload that has ended', () => {
  it('holds nothing any more, however often it is said', async () => {
    const consumer = await consumerOf(await newSecret(), await newSecret())
    const workload = freshName()
    await start(consumer, workload)
    expect((await end(workload).expect(200)).body).toEqual({ workloadId: workload, released: 2 })
    expect((await end(workload).expect(200)).body).toEqual({ workloadId: workload, released: 0 })
    expect(await held(workload)).toEqual([])
    const rows = await world.api.database.prisma.auditEvent.findMany({
      where: { operation: 'EndWorkload', resourceId: workload },
      orderBy: { id: 'asc' },
    })
    expect(rows.map(({ detail }) => detail)).toEqual([{ released: 2 }, { released: 0 }])
  })

  it.each(['ns/pod-1', 'a b%2Fc?d#e', 'ü/🔑', 'x'.repeat(200)])(
    'may be called %s',
    async (workload) => {
      const consumer = await consumerOf(await newSecret())
      await start(consumer, workload)
      expect((await end(workload).expect(200)).body).toEqual({ workloadId: workload, released: 1 })
    },
  )

  it('has an id of 200 characters at most', async () => {
    await end('x'.repeat(201)).expect(404)
  })

  it('is of the organization that the token belongs to', async () => {
    const consumer = await consumerOf(await newSecret())
    const workload = freshName()
    await start(consumer, workload)
    const foreign = await end(workload, world.api.as(world.globex.orchestrator)).expect(200)
    expect(foreign.body.released).toBe(0)
    expect(await held(workload)).toEqual(['A'])
  })

  it('is ended by a token that is limited to a scope when it holds nothing from elsewhere', async () => {
    const scopeId = await made('/api/scopes', { kind: 'team', name: freshName() })
    const name = freshName()
    await newSecret({ scopeId, name })
    const role = 'orchestrator'
    const token = { organizationId: world.acme.id, name: freshName(), role, scopeId }
    const limited = world.api.as(
      (await world.api.as().post('/api/api-tokens', token).expect(201)).body.token,
    )
    const workload = freshName()
    const brief = { scopeId, secretRefs: [{ name, env: 'B' }], workloadId: workload }
    await limited.post('/api/resolve/brief', brief).expect(200)
    expect((await end(workload, limited).expect(200)).body.released).toBe(1)
    await limited.post('/api/resolve/brief', brief).expect(200)
    await start(await consumerOf(await newSecret()), workload)
    await end(workload, limited).expect(403)
    expect(await held(workload)).toEqual(['A', 'B'])
  })
})
