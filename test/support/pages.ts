import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A page of this repository, such as `docs/api.md`. */
export const readPage = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../..', path), 'utf8')

/** The blocks of a page in one language, as it shows them. */
export const blocksIn = (page: string, language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, code = '']) => code,
  )
