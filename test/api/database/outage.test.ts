import pg from 'pg'
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildApp } from '../../../api/app.ts'
import { Database } from '../../../api/database/database.ts'
import { Keyring } from '../../../api/keyring/keyring.ts'
import { parseMasterKey } from '../../../api/keyring/master-key.ts'
import { startPostgres, type PostgresServer } from '../../../scripts/postgres.ts'
import { ADMIN_TOKEN } from '../../support/test-api.ts'

/** On a server of its own, which it stops. */
describe.runIf(inject('testDatabase').kind === 'postgres')('a database that goes away', () => {
  let server: PostgresServer
  let database: Database
  let http: ReturnType<typeof supertest>
  beforeAll(async () => {
    server = await startPostgres()
    database = await Database.postgres(server.url, { migrate: true })
    const key = parseMasterKey(`hex:${'42'.repeat(32)}`, 'KEY')
    const app = buildApp({
      database,
      keyring: await Keyring.open(database, [key]),
      log: pino({ level: 'silent' }),
      version: '0.0.0-test',
      adminToken: ADMIN_TOKEN,
    })
    http = supertest(app.express)
  })
  afterAll(async () => {
    await database.close()
    await server.stop()
  })

  const create = (name: string) =>
    http.post('/api/organizations').set('Authorization', `Bearer ${ADMIN_TOKEN}`).send({ name })

  const expectUnavailable = ({ status, body, headers }: supertest.Response) => {
    expect(status).toBe(503)
    expect(body.code).toBe('database_unavailable')
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  }

  it('in the middle of a request is 503, takes nothing half, and is found again', async () => {
    await create('before').expect(201)
    const other = new pg.Client({ connectionString: server.url })
    await other.connect()
    await other.query('BEGIN')
    await other.query('LOCK TABLE "Organization" IN ACCESS EXCLUSIVE MODE')
    const hanging = create('during').then((response) => response)
    const blocked = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'agyn-secrets' AND wait_event_type = 'Lock'`
    while ((await other.query(blocked)).rowCount === 0);
    expectUnavailable(await hanging)
    await other.query('ROLLBACK')
    await other.end()
    await create('during').expect(201)
    expect(await database.prisma.scope.count()).toBe(2)
  })

  it('for good is 503 and not ready, while the process lives', async () => {
    await http.get('/readyz').expect(200, { status: 'ok', database: 'ok' })
    await server.stop()
    expectUnavailable(await create('after'))
    expectUnavailable(
      await http.get('/api/organizations').set('Authorization', `Bearer ${ADMIN_TOKEN}`),
    )
    await http.get('/readyz').expect(503)
    await http.get('/livez').expect(200)
  })
})
