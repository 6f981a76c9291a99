import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type ts from 'typescript'
import { apiPage } from './api-page.ts'
import { readApi } from './read-api.ts'

/** Writes the page of what a package exports, in the layout of this repository. */
export async function writeApiPage(options: {
  readonly file: string
  readonly packageName: string
  readonly program: ts.Program
  /** The file that is exported, of the program. */
  readonly entry: string
}): Promise<void> {
  const { file, packageName, program, entry } = options
  const layout = await resolveConfig(join(import.meta.dirname, '../../README.md'))
  const page = apiPage(packageName, readApi(program, entry))
  writeFileSync(file, await format(page, { ...layout, parser: 'markdown' }))
}
