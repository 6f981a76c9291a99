import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import fc from 'fast-check'
import { pino } from 'pino'
import supertest, { type Response } from 'supertest'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildApp, type App } from '../../../api/app.ts'
import { parseAllowList } from '../../../api/backends/outbound/allow-list.ts'
import { Idempotency, type Creation } from '../../../api/http/idempotency.ts'
import { Keyring } from '../../../api/keyring/keyring.ts'
import { parseMasterKey } from '../../../api/keyring/master-key.ts'
import type { Claim, Context, Handlers } from '../../../api/operations/operation.ts'
import { routes, type OperationId, type Route } from '../../../contract/routes.ts'
import { ADMIN_TOKEN } from '../../support/test-api.ts'
import { requests, type Request } from '../operations/requests.ts'
import { freshName, noSuchId, startWorld, vaultProvider, type World } from '../operations/world.ts'

const firstKey = parseMasterKey(`hex:${'42'.repeat(32)}`, 'the key of the tests')
const nextKey = parseMasterKey(`hex:${'43'.repeat(32)}`, 'the key after it')

let world: World
/** A second process of the same deployment. */
let other: App
beforeAll(async () => {
  world = await startWorld()
  const { database } = world.api
  other = buildApp({
    database,
    keyring: await Keyring.open(database, [firstKey]),
    log: pino({ level: 'silent' }),
    version: '0.0.0-test',
    adminToken: ADMIN_TOKEN,
    outbound: { allow: parseAllowList('127.0.0.1') },
  })
})
afterAll(async () => {
  await other.close()
  await world.close()
})

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  world.api.database.query<Row & Record<string, unknown>>('', text, values)

const send = ({ path, body }: Request, key: string, token?: string) =>
  world.api.as(token).post(path, body).set('Idempotency-Key', key)

const sendToOther = ({ path, body }: Request, key: string) =>
  supertest(other.express)
    .post(path)
    .set('Authorization', `Bearer ${ADMIN_TOKEN}`)
    .set('Idempotency-Key', key)
    .send(body)

const aSecret = (more: object = {}): Request => ({
  path: '/api/secrets',
  body: { organizationId: world.acme.id, name: freshName(), value: 'v', ...more },
})

const secretNamed = (request: Request) => (request.body as { readonly name: string }).name

const countSecrets = async (request: Request) =>
  (await sql('SELECT 1 FROM "Secret" WHERE name = $1', [secretNamed(request)])).length

const recordsOf = (key: string) =>
  sql<{ digest: Uint8Array; resourceId: string }>(
    'SELECT * FROM "IdempotencyRecord" WHERE key = $1',
    [key],
  )

/** The embedded database answers without I/O: asked in a loop, it would let nobody else in. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

const wasReplayed = ({ headers }: Response) => headers['idempotent-replayed'] === 'true'

const tables = [
  'Organization',
  'Scope',
  'ApiToken',
  'SecretProvider',
  'Secret',
  'Env',
  'AuditEvent',
]

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of [...tables, 'IdempotencyRecord']) {
    counts[table] = (await sql(`SELECT 1 FROM "${table}"`)).length
  }
  return counts
}

const creating = (Object.entries(routes) as [OperationId, Route][])
  .filter(([, { status }]) => status === 201)
  .map(([id]) => id)

describe('a creating request that is sent again', () => {
  it.each(creating)('makes nothing anew, and answers what %s made', async (id) => {
    const request = await requests[id].make(world)
    const key = freshName()
    const first = await send(request, key).expect(201)
    const before = await countRows()
    for (const again of [await send(request, key), await sendToOther(request, key)]) {
      if (id === 'CreateApiToken') {
        expect(again.status).toBe(409)
        expect(again.body.code).toBe('token_not_shown_again')
        expect(again.body.detail).toContain(first.body.id)
        expect(again.text).not.toContain(first.body.token)
      } else {
        expect(again.status).toBe(201)
        // As it is now: of a provider that includes the last hour.
        expect(again.body).toMatchObject(first.body)
        expect(wasReplayed(again)).toBe(true)
        expect(again.headers['location']).toBe(`${request.path}/${first.body.id}`)
        expect(again.headers['etag']).toBe('"r1"')
      }
    }
    expect(wasReplayed(first)).toBe(false)
    expect(await countRows()).toEqual(before)
  })

  it.each(creating)('finds what %s made, because both were committed together', async (id) => {
    const key = freshName()
    const { body } = await send(await requests[id].make(world), key).expect(201)
    const [record] = await sql('SELECT xmin::text FROM "IdempotencyRecord" WHERE key = $1', [key])
    const [row] = await sql(
      'SELECT xmin::text FROM "AuditEvent" WHERE operation = $1 AND "resourceId" = $2',
      [id, body.id],
    )
    expect(record).toBeDefined()
    expect(record).toEqual(row)
  })

  it('is answered with the thing as it is now', async () => {
    const [request, key] = [aSecret(), freshName()]
    const { body } = await send(request, key).expect(201)
    const path = `/api/secrets/${body.id}`
    await world.api.as().patch(path, { description: 'later' }).expect(200)
    const again = await send(request, key).expect(201)
    expect(again.body).toMatchObject({ id: body.id, description: 'later', revision: 2 })
    expect(again.headers['etag']).toBe('"r2"')

    await world.api.as().delete(path).expect(204)
    expect((await send(request, key).expect(404)).body.code).toBe('not_found')
    expect(await countSecrets(request)).toBe(1)
  })

  it('may have the members of its body in another order', async () => {
    const request: Request = {
      path: '/api/secret-providers',
      body: vaultProvider(world.vault, freshName()),
    }
    const [key, owner] = [freshName(), world.acme.owner]
    const { body } = await send(request, key, owner).expect(201)
    const turned = { path: request.path, body: backwards(request.body) as object }
    const again = await send(turned, key, owner).expect(201)
    expect([again.body.id, wasReplayed(again)]).toEqual([body.id, true])
  })

  it('is not found once its thing has gone out of its reach', async () => {
    const { api, acme } = world
    const [team, another] = await Promise.all([aTeam(), aTeam()])
    const limited = { organizationId: acme.id, name: 'limited', role: 'owner', scopeId: team }
    const { token } = (await api.as().post('/api/api-tokens', limited).expect(201)).body
    const [request, key] = [aSecret(), freshName()]
    const { body } = await send(request, key, token).expect(201)
    await sql('UPDATE "Secret" SET "scopeId" = $2 WHERE id = $1', [body.id, another])
    await send(request, key, token).expect(404)
  })

  it('is recognised by a process that has a newer master key as well', async () => {
    const request = { key: freshName(), sent: { body: { name: 'x' } } }
    const before = await aProcess([firstKey])
    const after = await aProcess([firstKey, nextKey])
    await before.once(creationOf(request), commit)
    expect(await after.once(creationOf(request), commit)).toMatchObject({ replayed: true })
    const changed = { ...request, sent: { body: { name: 'y' } } }
    await expect(after.once(creationOf(changed), commit)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  const backwards = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([name, each]) => [name, backwards(each)]),
        )
      : value

  async function aTeam(): Promise<string> {
    const { id: organizationId, rootScopeId: parentId } = world.acme
    const [id, name] = [crypto.randomUUID(), freshName()]
    const data = { id, organizationId, parentId, kind: 'team', name } as const
    return (await world.api.database.prisma.scope.create({ data })).id
  }
})

describe('a key', () => {
  it('is refused for another body and for another operation', async () => {
    const [request, key] = [aSecret(), freshName()]
    const { body } = await send(request, key).expect(201)
    const changed = { ...request, body: { ...request.body, value: 'other' } }
    for (const different of [changed, aSecret(), await requests.CreateEnv.make(world)]) {
      const before = await countRows()
      const refused = await send(different, key).expect(422)
      expect(refused.body.code).toBe('idempotency_key_reused')
      expect(refused.text).not.toContain(body.id)
      expect(await countRows()).toEqual(before)
    }
    await send(request, key).expect(201)
  })

  it('belongs to one principal', async () => {
    const { acme, globex } = world
    const [request, key] = [
      { path: '/api/secrets', body: { name: freshName(), value: 'v' } },
      freshName(),
    ]
    const made = await send(request, key, acme.owner).expect(201)
    const others = await send(request, key, globex.owner).expect(201)
    expect(wasReplayed(others)).toBe(false)
    expect(others.body.organizationId).toBe(globex.id)
    expect((await send(request, key, acme.owner).expect(201)).body.id).toBe(made.body.id)
    const digests = (await recordsOf(key)).map(({ digest }) => Buffer.from(digest).toString('hex'))
    expect(new Set(digests).size).toBe(2)
  })

  it.each(['', ' ', 'x'.repeat(256), 'clé', 'a\tb'])('that is %j is 400', async (key) => {
    const request = aSecret()
    const { body } = await send(request, key).expect(400)
    expect(body).toMatchObject({
      code: 'malformed',
      detail: expect.stringMatching(/255 printable/),
    })
    expect(await countSecrets(request)).toBe(0)
  })

  it.each(['x', 'x'.repeat(255), '"quoted", and, with %00 \\ $1 \'; --'])(
    'may be %j',
    async (key) => {
      const request = aSecret()
      await send(request, key).expect(201)
      expect(wasReplayed(await send(request, key).expect(201))).toBe(true)
    },
  )

  it('is ignored where nothing is created', async () => {
    const { acme } = world
    const test = { path: `/api/secret-providers/${acme.providerId}/test` }
    expect(wasReplayed(await send(test, 'clé').expect(200))).toBe(false)
    const path = `/api/secrets/${acme.secretId}`
    await world.api.as().patch(path, { description: 'x' }).set('Idempotency-Key', '').expect(200)
    await world.api.as().get(path).set('Idempotency-Key', 'clé').expect(200)
  })

  it('is free again after a request that was refused', async () => {
    const [request, taken, key] = [aSecret(), aSecret(), freshName()]
    await world.api.as().post(taken.path, taken.body).expect(201)
    const refusals: readonly (readonly [number, Request])[] = [
      [422, aSecret({ scopeId: noSuchId })], // before its transaction is over
      [422, aSecret({ category: 'none' })], // before it has begun
      [409, taken], // by an index, after the record was written
    ]
    for (const [status, refused] of refusals) {
      await send(refused, key).expect(status)
      expect(await recordsOf(key)).toEqual([])
    }
    expect(wasReplayed(await send(request, key).expect(201))).toBe(false)
  })

  it('is free again after a fault', async () => {
    const [request, key] = [aSecret(), freshName()]
    await sql('ALTER TABLE "AuditEvent" RENAME TO "Away"')
    await send(request, key).expect(500)
    await sql('ALTER TABLE "Away" RENAME TO "AuditEvent"')
    expect(await recordsOf(key)).toEqual([])
    expect(wasReplayed(await send(request, key).expect(201))).toBe(false)
  })

  it('is remembered for 24 hours', async () => {
    const [request, later, key] = [aSecret(), aSecret(), freshName()]
    await send(request, key).expect(201)
    await setAge(key, '23 hours 59 minutes')
    expect(wasReplayed(await send(request, key).expect(201))).toBe(true)
    await setAge(key, '24 hours')
    expect((await send(request, key).expect(409)).body.code).toBe('name_taken')
    expect(wasReplayed(await send(later, key).expect(201))).toBe(false)
    expect(wasReplayed(await send(later, key).expect(201))).toBe(true)
    expect(await recordsOf(key)).toHaveLength(1)
  })

  const setAge = (key: string, age: string) =>
    sql('UPDATE "IdempotencyRecord" SET "createdAt" = now() - $2::interval WHERE key = $1', [
      key,
      age,
    ])
})

describe('a record', () => {
  it('holds nothing of the body, and nothing that a guess could be checked against', async () => {
    const canary = 'canary-of-the-records'
    const key = freshName()
    const request = aSecret({ value: canary, description: canary })
    await send(request, key).expect(201)
    const [record] = await recordsOf(key)
    const digest = Buffer.from(record?.digest ?? [])
    const text = JSON.stringify(record) + digest.toString('latin1')
    expect(text).not.toContain(canary)
    expect(text).not.toContain(secretNamed(request))
    expect(digest).toHaveLength(32)
    const { organizationId, ...rest } = request.body as Record<string, unknown>
    for (const guess of [canary, request.body, rest, { body: request.body }]) {
      const bytes = typeof guess === 'string' ? guess : JSON.stringify(guess)
      expect(digest.equals(createHash('sha256').update(bytes).digest())).toBe(false)
    }
  })
})

describe('retries at the same time', () => {
  it('make one thing, in whatever process they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...creating),
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        async (id, elsewhere) => {
          const request = await requests[id].make(world)
          const key = freshName()
          const before = await countMade(id)
          const answers = await Promise.all(
            elsewhere.map((there) => (there ? sendToOther : send)(request, key)),
          )
          const made = answers.filter(({ status }) => status === 201)
          expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
          expect(made.filter((answer) => !wasReplayed(answer))).toHaveLength(1)
          for (const { status, body, headers } of answers.filter((each) => !made.includes(each))) {
            expect(status).toBe(409)
            if (body.code === 'request_in_progress') expect(headers['retry-after']).toBe('1')
            else expect([id, body.code]).toEqual(['CreateApiToken', 'token_not_shown_again'])
          }
          expect(await countMade(id)).toBe(before + 1)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('are told to come back while the first one runs, and then get its answer', async () => {
    const request = creationOf({ key: freshName() })
    const idempotency = await aProcess([firstKey])
    let goOn = (): void => undefined
    const gate = new Promise<void>((resolve) => (goOn = resolve))
    const first = idempotency.once(request, async (claim) => {
      await gate
      return await commit(claim)
    })
    const early = idempotency.once(request, commit)
    await expect(early).rejects.toMatchObject({ code: 'request_in_progress', retryAfterSeconds: 1 })
    goOn()
    expect(await first).toMatchObject({ replayed: false })
    expect(await idempotency.once(request, commit)).toMatchObject({ replayed: true })
  })

  it('get the answer of another process that was faster', async () => {
    const request = creationOf({ key: freshName() })
    const [slow, fast] = [await aProcess([firstKey]), await aProcess([firstKey])]
    const outcome = await slow.once(request, async (claim) => {
      expect(await fast.once(request, commit)).toMatchObject({ replayed: false })
      return await commit(claim)
    })
    expect(outcome).toMatchObject({ replayed: true })
  })

  // The embedded database has one connection, and one process.
  it.runIf(inject('testDatabase').kind === 'postgres')(
    'are told to come back while another process runs the first one',
    async () => {
      const [request, key] = [aSecret(), freshName()]
      const first = await world.api.database.transaction(async (transaction) => {
        await transaction.$executeRaw`LOCK TABLE "AuditEvent" IN EXCLUSIVE MODE`
        const running = sendToOther(request, key).then((answer) => answer)
        while ((await sql(SOMEONE_WAITS)).length === 0) await turn()
        const early = await send(request, key).expect(409)
        expect(early.body.code).toBe('request_in_progress')
        expect(early.headers['retry-after']).toBe('1')
        return { running }
      })
      const { status, body } = await first.running
      expect(status).toBe(201)
      const again = await send(request, key).expect(201)
      expect([again.body.id, wasReplayed(again)]).toEqual([body.id, true])
    },
  )

  const SOMEONE_WAITS = `SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`

  const countMade = async (id: OperationId) =>
    (await sql(`SELECT 1 FROM "AuditEvent" WHERE operation = $1 AND outcome = 'allowed'`, [id]))
      .length
})

describe('a caller whose connection is cut', () => {
  it('after the commit finds what he made', async () => {
    const [request, key] = [aSecret(), freshName()]
    const socket = await sendRaw(request, key)
    while ((await countSecrets(request)) === 0) await turn()
    socket.destroy()
    const { status, body } = await persist(request, key)
    expect(status).toBe(201)
    const [record] = await recordsOf(key)
    expect(record?.resourceId).toBe(body.id)
    expect(await countSecrets(request)).toBe(1)
  })

  it('before any answer has his request carried out once, whichever of the two came first', async () => {
    const [request, key] = [aSecret(), freshName()]
    const socket = await sendRaw(request, key)
    socket.destroy()
    expect((await persist(request, key)).status).toBe(201)
    expect(await countSecrets(request)).toBe(1)
  })

  /** Sends a request on a socket that reads nothing, and answers once all of it has left. */
  async function sendRaw({ path, body }: Request, key: string) {
    const { hostname, port } = new URL(world.api.as().get('/').url)
    const text = JSON.stringify(body)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Authorization: Bearer ${ADMIN_TOKEN}`,
      `Idempotency-Key: ${key}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
    ]
    await new Promise((resolve) => socket.write(`${head.join('\r\n')}\r\n\r\n${text}`, resolve))
    return socket
  }

  /** What a client does that was told to come back. */
  async function persist(request: Request, key: string): Promise<Response> {
    for (;;) {
      const answer = await send(request, key)
      if (answer.body.code !== 'request_in_progress') return answer
    }
  }
})

/** The mechanism by itself, in a process of its own; what it reads again is a text. */
async function aProcess(keys: Parameters<typeof Keyring.open>[1]): Promise<Idempotency> {
  const { database } = world.api
  const handlers = { GetSecret: async () => 'read again' } as unknown as Handlers
  return new Idempotency({ database, keyring: await Keyring.open(database, keys) }, handlers)
}

const principal = { kind: 'admin', id: noSuchId, name: 'x', role: 'admin' } as const

const creationOf = (part: Pick<Creation, 'key'> & Partial<Creation>): Creation => ({
  sent: {},
  context: { operation: 'CreateSecret', principal } as unknown as Context,
  ...part,
})

/** A creation of nothing but its record. */
const commit = (claim: Claim) =>
  world.api.database.transaction(async (transaction) => {
    await claim(transaction, noSuchId)
    return 'made'
  })
