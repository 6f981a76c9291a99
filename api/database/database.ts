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
      connectionTimeoutMillis: 5_000,
      application_name: 'agyn-secrets',
    })
    return await Database.#open(pool, options, async () => undefined)
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
    const connection = await this.#pool.connect()
    try {
      return await migrate(connection, MIGRATIONS)
    } finally {
      connection.release()
    }
  }

  /**
   * Runs `work` in one transaction; when it loses against another, again, three times in all. `work`
   * must touch nothing but the transaction it is given.
   */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.prisma.$transaction(work, { maxWait: 5_000, timeout: 10_000 })
      } catch (error) {
        if (attempt === 3 || !isConflict(error)) throw error
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

/** Next to the code in a checkout, and next to `dist/` in a package. */
const MIGRATIONS = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/api/')
      ? '../../../prisma/migrations'
      : '../../prisma/migrations',
    import.meta.url,
  ),
)
