// Prevents a package from being published that speaks of the other framework, or that says nothing of itself.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  mkdirSync(join(directory, 'docs'))
  for (const page of ['README.md', ...guides]) {
    writeFileSync(join(directory, page), pageFor(framework, page))
  }
  const packageName = `@agyn/${framework}-provider`
  await writeApiPage({ file: join(directory, 'API.md'), packageName, program, entry })
  cpSync(join(root, 'LICENSE'), join(directory, 'LICENSE'))
}

/** A page by its path in a package, such as `docs/from-hcl.md`. */
export function pageFor(framework: Framework, page: string): string {
  const text = readFileSync(join(constructs, page), 'utf8')
  return page === fromOneToTheOther ? text : forFramework(framework, text)
}

const guides = readdirSync(join(constructs, 'docs')).map((guide) => `docs/${guide}`)

/** Speaks of both frameworks, so it is the same in both packages. */
const fromOneToTheOther = 'docs/to-cdk-terrain.md'

/**
 * A page that is written for CDK Terrain, as the package of a framework has it: with the framework's own
 * names and version, and with those passages alone that are for it. They stand between `<!-- cdktf -->` and
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
  text
    .replaceAll(/(?<=cdktn(-cli)?@)0\.24/g, '0.21')
    .replaceAll('cdktn', 'cdktf')
    .replaceAll('CDK Terrain', 'CDKTF')
