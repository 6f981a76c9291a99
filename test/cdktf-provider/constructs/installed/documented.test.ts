import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Api } from '../../../../scripts/api-page/api.ts'
import { readApi } from '../../../../scripts/api-page/read-api.ts'
import { installed } from '../../../support/constructs.ts'
import { blocksOf, Snippets, withImports } from '../../../support/documented.ts'
import { linesOf } from '../../../support/stacks.ts'

const root = join(import.meta.dirname, '../../../..')

/** What the examples of the API take as given. */
const given = `
declare const stack: TerraformStack, acme: Organization, vault: SecretProvider, agent: Agent
declare const secret: ISecret, stripe: ISecret, password: ISecret, databasePassword: ISecret
declare const address: string, tenantId: string, clientId: string, auth: VaultAuth
declare const id: EphemeralVariable, key: EphemeralVariable, secretId: EphemeralVariable
declare const clientSecret: EphemeralVariable, vaultToken: EphemeralVariable
declare const keyFile: EphemeralVariable, signingKey: EphemeralVariable
`

describe.each(installed)('what is written of @agyn/$framework-provider', (packages) => {
  const { framework, directory, cdk } = packages
  const other = framework === 'cdktf' ? 'cdktn' : 'cdktf'
  const home = join(directory, 'node_modules/@agyn', `${framework}-provider`)
  const api = apiOf(join(home, 'lib/index.d.ts'))
  const readme = readFileSync(join(home, 'README.md'), 'utf8')
  const guides = readdirSync(join(home, 'docs')).map((guide) => join(home, 'docs', guide))
  const pages = [join(home, 'README.md'), ...guides, join(root, 'README.md')]
  const [stack] = blocksOf(readme)

  /** Those that are not for the other framework. */
  const blocks = pages.flatMap((page) =>
    blocksOf(readFileSync(page, 'utf8'))
      .filter(({ code }) => !new RegExp(`'(@agyn/)?${other}\\b`).test(code))
      .map((block, index) => ({
        ...block,
        title: `${page.split('/').at(-1)}, block ${index + 1}`,
      })),
  )
  const files = blocks.map((_, index) => `block-${index}.ts`)

  let snippets: Snippets
  let complaints: string
  beforeAll(() => {
    snippets = new Snippets(directory)
    // As `get` of the command line leaves it.
    const l1 = join(root, 'cdktf-provider/constructs/gen', framework)
    cpSync(l1, join(snippets.directory, '.gen/providers/agyn'), { recursive: true })
    snippets.write('cdktf.json', /```json\n([^]*?)```/.exec(readme)?.[1] ?? '')
    blocks.forEach(({ code }, index) => snippets.write(files[index] ?? '', whole(code)))
    snippets.write('examples.ts', withImports(given + examplesOf(api), known))
    snippets.write('no-targets.ts', (stack?.code ?? '').replace('context: settings', ''))
    complaints = snippets.compile([...files, 'examples.ts', 'no-targets.ts'])
    vi.stubEnv('CDKTF_OUTDIR', join(snippets.directory, 'out'))
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    snippets.remove()
  })

  it('links to what the package has', () => {
    const broken = [...pages.slice(0, -1), join(home, 'API.md')].flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\((?!https:)([^)#]+)/g)]
        .map(([, link = '']) => join(dirname(page), link))
        .filter((file) => !existsSync(file)),
    )
    expect(broken).toEqual([])
  })

  it('names the version of the framework that it asks for', () => {
    const { peerDependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
      readonly peerDependencies: Readonly<Record<string, string>>
    }
    const version = new RegExp(`${framework}(?:-cli)?@([\\d.]*\\d)`, 'g')
    const named = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(version)].map(([, digits]) => `^${digits}.0`),
    )
    expect([...new Set(named)]).toEqual([peerDependencies[framework]])
  })

  it('compiles', () => {
    expect(complaints).toBe('')
  })

  it.each(
    blocks.map(({ title, refusal }, index) => ({ title, refusal, file: files[index] ?? '' })),
  )('runs, or is refused as it says: $title', ({ file, refusal = [] }) => {
    const found = refused(() => snippets.run(file))
    expect(found).toHaveLength(refusal.length)
    expect(refusal.filter((sentence) => !found.some(isShownAs(sentence)))).toEqual([])
  })

  if (framework === 'cdktn') {
    it('shows what a stack says without `targetVersions`', () => {
      const found = refused(() => snippets.run('no-targets.ts'))
      const shown = readme.split('```text\n').at(-1)?.split('\n```')[0]?.split('\n') ?? []
      expect(shown).toHaveLength(2)
      expect(shown.filter((sentence) => !found.some(isShownAs(sentence)))).toEqual([])
    })
  }

  /** A stack as it is, and anything else in the stack of the README. */
  function whole(code: string): string {
    if (code.includes('app.synth()')) return code
    return withImports(
      (stack?.code ?? '').replace('app.synth()', () => `{\n${code}}\napp.synth()`),
      known,
    )
  }

  const known = new Map([
    ...Object.keys(cdk).map((name) => [name, framework] as const),
    ...[...api.types, ...api.functions].map(
      ({ name }) => [name, `@agyn/${framework}-provider`] as const,
    ),
    ['Construct', 'constructs'] as const,
  ])
})

function apiOf(entry: string): Api {
  const program = ts.createProgram([entry], { module: ts.ModuleKind.Node16, skipLibCheck: true })
  return readApi(program, entry)
}

/** Each example by itself; that of a property as its value. */
const examplesOf = ({ types, functions }: Api): string =>
  [
    ...[types, functions, types.flatMap(({ statics, methods }) => [...statics, ...methods])]
      .flat()
      .flatMap(({ examples }) => examples),
    ...types.flatMap(({ name: owner, properties }) =>
      properties.flatMap(({ name, examples }) =>
        examples.map((each) => `const value: NonNullable<${owner}['${name}']> = ${each}`),
      ),
    ),
  ]
    .map((each) => `{\n${each}\n}\n`)
    .join('')

/** Whether a line is what stands on a page, where `…` is the rest of a sentence. */
const isShownAs = (sentence: string) => (line: string) => {
  const [beginning = '', ...rest] = sentence.split('…')
  return line.startsWith(beginning) && rest.every((part) => line.includes(part))
}

function refused(synth: () => void): readonly string[] {
  try {
    synth()
  } catch (error) {
    return linesOf(error)
  }
  return []
}
