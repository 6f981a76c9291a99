import type { TestProject } from 'vitest/node'
import { Database } from '../../api/database/database.ts'
import { startPostgres } from '../../scripts/postgres.ts'

/** Starts one PostgreSQL, and migrates in it the database `template`, of which each test file gets a copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  const admin = await Database.postgres(server.url)
  await admin.query('create-template', 'CREATE DATABASE template', [])
  await admin.close()
  const template = await Database.postgres(inDatabase(server.url, 'template'), { migrate: true })
  await template.close()
  project.provide('testDatabase', { kind: 'postgres', url: server.url })
  return () => server.stop()
}

export function inDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
