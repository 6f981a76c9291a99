import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { Database } from '../../api/database/database.ts'
import { inDatabase } from './postgres-template.ts'

/** A migrated, empty database of the kind that this run is about. `remove` closes it and takes it away. */
export async function openTestDatabase(): Promise<{
  readonly database: Database
  remove(): Promise<void>
}> {
  const template = inject('testDatabase')
  if (template.kind === 'pglite') {
    const directory = mkdtempSync(join(tmpdir(), 'agyn-test-'))
    cpSync(template.directory, directory, { recursive: true })
    const database = await Database.embedded(directory)
    const remove = async () => {
      await database.close()
      rmSync(directory, { recursive: true, force: true })
    }
    return { database, remove }
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = await Database.postgres(template.url)
  await admin.query('', `CREATE DATABASE ${name} TEMPLATE template`, [])
  await admin.close()
  const database = await Database.postgres(inDatabase(template.url, name))
  return { database, remove: () => database.close() } // the server goes with the run
}
