import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { Database } from '../../../api/database/database.ts'
import { migrate, MigrationError } from '../../../api/database/migrate.ts'
import { inDatabase } from '../../support/postgres-template.ts'

const server = inject('testDatabase')

describe.runIf(server.kind === 'postgres')('migrations', () => {
  let directory: string
  let url: string
  let pool: pg.Pool
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'agyn-migrations-'))
    if (server.kind !== 'postgres') return
    const name = `test_${randomUUID().replaceAll('-', '')}`
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    await admin.query(`CREATE DATABASE ${name}`)
    await admin.end()
    url = inDatabase(server.url, name)
    pool = new pg.Pool({ connectionString: url })
    write('0001_first', 'CREATE TABLE first (id int); CREATE TABLE another (id int);')
    write('0002_second', 'CREATE TABLE second (id int);')
  })
  afterEach(async () => {
    await pool.end()
    rmSync(directory, { recursive: true })
  })

  function write(name: string, sql: string): void {
    mkdirSync(join(directory, name), { recursive: true })
    writeFileSync(join(directory, name, 'migration.sql'), sql)
  }

  async function run(): Promise<string[]> {
    const connection = await pool.connect()
    try {
      return await migrate(connection, directory)
    } finally {
      connection.release()
    }
  }

  const refusal = async (): Promise<string> => {
    const error: unknown = await run().catch((error: unknown) => error)
    expect(error).toBeInstanceOf(MigrationError)
    return (error as Error).message
  }

  it('are applied in order, once', async () => {
    expect(await run()).toEqual(['0001_first', '0002_second'])
    expect(await run()).toEqual([])
    write('0003_third', 'ALTER TABLE second ADD COLUMN name text;')
    expect(await run()).toEqual(['0003_third'])
  })

  it('are applied by one of two that run at once', async () => {
    write('0003_slow', 'SELECT pg_sleep(0.2);')
    const applied = await Promise.all([run(), run()])
    expect(applied.map(({ length }) => length).sort()).toEqual([0, 3])
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM _prisma_migrations')
    expect(rows).toEqual([{ n: 3 }])
  })

  it('are refused when one was edited after it was applied', async () => {
    await run()
    write('0001_first', 'CREATE TABLE first (id bigint);')
    expect(await refusal()).toMatch(/0001_first was edited/)
  })

  it('are refused when the database is newer than the build', async () => {
    await run()
    rmSync(join(directory, '0002_second'), { recursive: true })
    expect(await refusal()).toMatch(/does not know \(0002_second\).*newer version/)
  })

  it('leave nothing of one that fails, so that it can be tried again', async () => {
    write('0003_third', 'CREATE TABLE third (id int); CREATE TABLE first (id int);')
    expect(await refusal()).toMatch(/0003_third failed.*already exists/)
    const { rows } = await pool.query(`SELECT to_regclass('third') AS third`)
    expect(rows).toEqual([{ third: null }])
    write('0003_third', 'CREATE TABLE third (id int);')
    expect(await run()).toEqual(['0003_third'])
  })

  it('are refused while one that Prisma began has not finished', async () => {
    await run()
    await pool.query(
      `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '0002_second'`,
    )
    expect(await refusal()).toMatch(/0002_second began earlier and did not finish/)
  })

  it('of the product apply to a database that Prisma itself has begun', async () => {
    const first = await Database.postgres(url, { migrate: true })
    await first.close()
    const second = await Database.postgres(url, { migrate: true })
    expect(await second.migrate()).toEqual([])
    expect(await second.prisma.organization.count()).toBe(0)
    await second.close()
  })
})
