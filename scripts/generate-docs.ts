// Prevents the registry's documentation from telling of another provider than the one that is released:
// writes its pages from the provider's own definition and from the examples that the tests apply.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { agyn } from '../cdktf-provider/provider/provider.ts'
import { docPages } from './docs/doc-pages.ts'

const root = join(import.meta.dirname, '..')
const docs = join(root, 'cdktf-provider/docs')
const examples = join(root, 'examples/terraform')

/** Guides are written by hand and stay; everything else that is there is of a former definition. */
for (const name of existsSync(docs) ? readdirSync(docs) : []) {
  if (name !== 'guides') rmSync(join(docs, name), { recursive: true })
}
const layout = await resolveConfig(join(root, 'README.md'))
for (const [path, text] of docPages(agyn, readExample)) {
  const file = join(docs, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await format(text, { ...layout, parser: 'markdown' }))
}

function readExample(path: string): string | null {
  const file = join(examples, path)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}
