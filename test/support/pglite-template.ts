import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { Database } from '../../api/database/database.ts'

/** Makes a migrated PGlite once; copying its directory takes a tenth of the time that making one does. */
export default async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'agyn-template-'))
  const template = await Database.embedded(directory, { migrate: true })
  await template.close()
  project.provide('testDatabase', { kind: 'pglite', directory })
  return () => rmSync(directory, { recursive: true, force: true })
}

export type TestDatabase =
  | { readonly kind: 'pglite'; readonly directory: string }
  | { readonly kind: 'postgres'; readonly url: string }

declare module 'vitest' {
  interface ProvidedContext {
    testDatabase: TestDatabase
  }
}
