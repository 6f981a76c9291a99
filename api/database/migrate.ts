import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientBase } from 'pg'

/** The database and this build do not fit together; the message says how to go on. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * Brings a database up to date with `prisma/migrations` and resolves to the names it applied. Keeps
 * the books that `prisma migrate deploy` keeps, so either may follow the other. Any number of
 * processes may call it at once: they wait for one another.
 */
export async function migrate(connection: ClientBase, directory: string): Promise<string[]> {
  await connection.query(`SELECT pg_advisory_lock(${PRISMA_LOCK})`)
  try {
    await connection.query(BOOKS)
    const pending = await pendingMigrations(connection, readMigrations(directory))
    for (const migration of pending) await apply(connection, migration)
    return pending.map(({ name }) => name)
  } finally {
    await connection.query(`SELECT pg_advisory_unlock(${PRISMA_LOCK})`)
  }
}

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

async function pendingMigrations(
  connection: ClientBase,
  known: readonly Migration[],
): Promise<Migration[]> {
  const { rows } = await connection.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  )
  for (const row of rows) {
    const migration = known.find(({ name }) => name === row.name)
    if (!migration) {
      throw new MigrationError(
        `The database has a migration that this build does not know (${row.name}): a newer version has run on it. Start that version, or restore the backup taken before it.`,
      )
    }
    if (!row.finished) {
      throw new MigrationError(
        `Migration ${row.name} began earlier and did not finish. Its log is in the table _prisma_migrations. Restore the backup, or mend the schema by hand and delete that row.`,
      )
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.name} was edited after it had been applied. Restore its file from the release, and put the change into a new migration.`,
      )
    }
  }
  const done = new Set(rows.map(({ name }) => name))
  return known.filter(({ name }) => !done.has(name))
}

/** All of a migration and its entry in the books, or nothing: a kill in the middle leaves a database that can be tried again. */
async function apply(connection: ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await connection.query('BEGIN')
    await connection.query(sql)
    await connection.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await connection.query('COMMIT')
  } catch (error) {
    await connection.query('ROLLBACK')
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(`Migration ${name} failed, and nothing of it was kept: ${reason}`, {
      cause: error,
    })
  }
}

/** The key that Prisma's own schema engine takes. */
const PRISMA_LOCK = 72707369

const BOOKS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`
