// Prevents a package from being published that speaks of the other framework, or that says nothing of itself.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type ts from 'typescript'
import { writeApiPage } from './api-page/write-api-page.ts'
import type { Framework } from './constructs-packages.ts'

const root = join(import.meta.dirname, '..')
const constructs = join(root, 'cdktf-provider/constructs')

/** Writes what people read of a package: its README, the page of its API, guides and the licence. */
export async function writePackagePages(options: {
  readonly framework: Framework
  readonly directory: string
  readonly program: ts.Program
  /** What the package exports, of the program. */
  readonly entry: string
}): Promise<void> {
  const { framework, directory, program, entry } = options
  const readme = readFileSync(join(constructs, 'README.md'), 'utf8')
  writeFileSync(join(directory, 'README.md'), forFramework(framework, readme))
  const packageName = `@agyn/${framework}-provider`
  await writeApiPage({ file: join(directory, 'API.md'), packageName, program, entry })
  // Guides lead from one framework to the other, so they are the same in both.
  cpSync(join(constructs, 'docs'), join(directory, 'docs'), { recursive: true })
  cpSync(join(root, 'LICENSE'), join(directory, 'LICENSE'))
}

/**
 * A page that is written for CDK Terrain, as the package of a framework has it: with the framework's own
 * names, and with those passages alone that are for it. They stand between `<!-- cdktf -->` and
 * `<!-- /cdktf -->`, or the same with `cdktn`, and stay as they are written.
 */
export function forFramework(framework: Framework, page: string): string {
  const parts = page.split(/<!-- (cdktf|cdktn) -->\n([^]*?)<!-- \/\1 -->\n/)
  const kept = parts.map((part, index) => {
    // By turns: text for both, the framework of a passage, the passage.
    if (index % 3 === 0) return framework === 'cdktf' ? namedAsInCdktf(part) : part
    return index % 3 === 2 && parts[index - 1] === framework ? part : ''
  })
  return kept.join('').replace(/\n{3,}/g, '\n\n')
}

const namedAsInCdktf = (text: string): string =>
  text.replaceAll('cdktn', 'cdktf').replaceAll('CDK Terrain', 'CDKTF')
