import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { lockDirectory } from './directory-lock.ts'
import { isConflict } from './errors.ts'
import { PrismaClient } from './gen/client.ts'
import { migrate } from './migrate.ts'
import { PGliteSocket } from './pglite-socket.ts'

/** What work inside a transaction may use. The outer client would wait for the same connection. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

export interface OpenOptions {
  /** Apply what is missing of `prisma/migrations` first. */
  readonly migrate?: boolean
}

/** The one way to the rows, whether they lie in an embedded PGlite or on a PostgreSQL server. */
export class Database {
  readonly prisma: PrismaClient
  /** Connections that can work side by side: one when embedded. */
  readonly connections: number
  readonly #pool: pg.Pool
  readonly #closeEngine: () => Promise<void>

  private constructor(pool: pg.Pool, closeEngine: () => Promise<void>) {
    this.#pool = pool
    this.#closeEngine = closeEngine
    this.connections = pool.options.max
    this.prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
    // An idle connection that breaks is replaced at the next use; unheard, the event ends the process.
    pool.on('error', () => undefined)
  }

  /** Opens, and at first creates, a PGlite in `directory`, which it holds alone until `close`. */
  static async embedded(directory: string, options: OpenOptions = {}): Promise<Database> {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const unlock = lockDirectory(directory)
    try {
      const engine = await PGlite.create(join(directory, 'database'), {
        postgresqlconf: ['shared_buffers=16MB'],
      })
      const pool = new pg.Pool({
        stream: () => new PGliteSocket(engine),
        user: 'postgres',
        database: 'postgres',
        max: 1,
        idleTimeoutMillis: 0,
      } as pg.PoolConfig)
      return await Database.#open(pool, options, async () => {
        await engine.close()
        unlock()
      })
    } catch (error) {
      unlock()
      throw error
    }
  }

  static async postgres(url: string, options: OpenOptions = {}): Promise<Database> {
    const pool = new pg.Pool({
      connectionString: url,
      max: 10,
      application_name: 'agyn-secrets',
      // A server that went silent must not hold every request: the answer is 503, and soon.
      connectionTimeoutMillis: 5_000,
      statement_timeout: QUERY_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS + 1_000,
      keepAlive: true,
    })
    return await Database.#open(pool, options, async () => undefined)
  }

  /** Where a PostgreSQL URL really leads: `?host=` and `?port=` win over its authority. Nothing is contacted. */
  static addressOf(url: string): { readonly host: string; readonly port: number } {
    const { host, port } = new pg.Client({ connectionString: url })
    return { host, port }
  }

  static async #open(
    pool: pg.Pool,
    options: OpenOptions,
    closeEngine: () => Promise<void>,
  ): Promise<Database> {
    const database = new Database(pool, closeEngine)
    try {
      if (options.migrate) await database.migrate()
      return database
    } catch (error) {
      await database.close()
      throw error
    }
  }

  /** Applies the migrations that are missing and answers their names. */
  async migrate(): Promise<string[]> {
    const { connectionString } = this.#pool.options
    if (connectionString === undefined) {
      const connection = await this.#pool.connect()
      try {
        return await migrate(connection, MIGRATIONS)
      } finally {
        connection.release()
      }
    }
    // Migrations take their time, and wait for one another: no timeout of the pool applies to them.
    const connection = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
    await connection.connect()
    try {
      return await migrate(connection, MIGRATIONS)
    } finally {
      await connection.end()
    }
  }

  /**
   * Runs `work` in one transaction; when it loses against another, again, five times in all. `work`
   * must touch nothing but the transaction it is given.
   */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.prisma.$transaction(work, { maxWait: 5_000, timeout: 10_000 })
      } catch (error) {
        if (attempt === 5 || !isConflict(error)) throw error
      }
    }
  }

  /** Plain SQL for the hot paths, where Prisma costs more than the query. */
  async query<Row extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row>({ name, text, values })
    return rows
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect()
    await this.#pool.end()
    await this.#closeEngine()
  }
}

/** Any query of ours takes milliseconds. */
const QUERY_TIMEOUT_MS = 10_000

/** Next to the code in a checkout, and next to `dist/` in a package. */
const MIGRATIONS = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/api/')
      ? '../../../prisma/migrations'
      : '../../prisma/migrations',
    import.meta.url,
  ),
)
