// Prevents the two packages of constructs from growing apart: makes both from one source tree, which is
// written against CDK Terrain, as npm packages in the shape of a prebuilt provider.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { agyn } from './bundle-provider.ts'
import { built, frameworks, tarball, type Framework } from './constructs-packages.ts'
import { writePackagePages } from './package-pages.ts'

/** What each package asks of the project that installs it. */
const peers = {
  cdktf: { cdktf: '^0.21.0', constructs: '^10.4.2' },
  cdktn: { cdktn: '^0.24.0', constructs: '>=10.6.0 <10.8.0' },
} as const satisfies Record<Framework, object>

const root = dirname(import.meta.dirname)
const source = join(root, 'cdktf-provider/constructs')

/** Builds the package of one framework in `dist/constructs`, and packs it. */
export function buildConstructs(framework: Framework): Promise<void> {
  return withPackage(framework, ({ making, directory, packed }) => {
    const place = join(built, framework)
    if (existsSync(place)) renameSync(place, join(making, 'former'))
    renameSync(directory, place)
    renameSync(packed, tarball(framework))
  })
}

/** The same as the bytes that `npm publish` takes. */
export const packConstructs = (framework: Framework): Promise<Uint8Array> =>
  withPackage(framework, ({ packed }) => readFileSync(packed))

interface MadePackage {
  /** Where it is made, which is taken away afterwards. */
  readonly making: string
  readonly directory: string
  readonly packed: string
}

/** Made aside, so that two builds at once do not meet. */
async function withPackage<Result>(
  framework: Framework,
  use: (made: MadePackage) => Result,
): Promise<Result> {
  mkdirSync(built, { recursive: true })
  const making = mkdtempSync(join(built, '.making-'))
  try {
    const directory = join(making, framework)
    const src = join(making, 'src')
    stageSources(framework, src)
    // The compiler reads it too: that these are CommonJS.
    write(join(making, 'package.json'), manifest(framework))
    const program = compile(src, join(directory, 'lib'))
    write(join(directory, 'package.json'), manifest(framework))
    await writePackagePages({ framework, directory, program, entry: join(src, 'index.ts') })
    execFileSync('npm', ['pack', '--silent', '--pack-destination', making], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return use({ making, directory, packed: join(making, basename(tarball(framework))) })
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/**
 * Lays the sources of one framework out as they lie in `lib`: the L1 at the top, where those who use
 * prebuilt providers look for it, and what is used of contract/ beside it.
 */
function stageSources(framework: Framework, src: string): void {
  cpSync(join(source, 'gen', framework), src, { recursive: true })
  cpSync(join(src, 'index.ts'), join(src, 'l1.ts'))
  cpSync(join(source, 'gen/sensitive-arguments.ts'), join(src, 'sensitive-arguments.ts'))
  // Who imports the provider by its path, too, gets the one that lets no secret in clear text pass.
  renameSync(join(src, 'provider/index.ts'), join(src, 'provider/l1.ts'))
  write(join(src, 'provider/index.ts'), "export * from '../l2/agyn-provider'\n")
  const sources = ['index.ts', ...filesBelow('l2')]
  // What cdktn alone can do has a twin for cdktf, which refuses it.
  const twins = sources.filter((file) => file.endsWith('.cdktf.ts'))
  for (const file of sources.filter((each) => !twins.includes(each))) {
    const twin = file.replace(/\.ts$/, '.cdktf.ts')
    const from = framework === 'cdktf' && twins.includes(twin) ? twin : file
    write(join(src, file), imported(readFileSync(join(source, from), 'utf8'), framework))
  }
  for (let missing = contractFiles(src); missing.length > 0; missing = contractFiles(src)) {
    for (const file of missing) {
      write(join(src, file), withoutExtensions(readFileSync(join(root, file), 'utf8')))
    }
  }
}

/** A source whose imports lead to where things lie in `lib`. */
const imported = (text: string, framework: Framework): string =>
  withoutExtensions(text)
    .replaceAll("from 'cdktn'", `from '${framework}'`)
    .replaceAll('gen/cdktn/index', 'l1')
    .replaceAll('gen/cdktn/provider/index', 'provider/l1')
    .replaceAll(/(?<=from '[./]*)gen\/(cdktn\/)?/g, '')
    .replaceAll(/(?<=from ')\.\.\/\.\.\/(?=[./]*contract\/)/g, '')

/** TypeScript before 5.7 does not find what a declaration imports with `.ts`. */
const withoutExtensions = (text: string): string => text.replaceAll(/(?<=from '\..*)\.ts'/g, "'")

/** Files of contract/ that are imported and not staged yet. */
function contractFiles(src: string): string[] {
  const staged = readdirSync(src, { recursive: true, encoding: 'utf8' })
  const texts = staged
    .filter((file) => /^(index|l2\/.*|contract\/.*)\.ts$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))
  const wanted = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/from '(\.[^']*)'/g)].map(([, path = '']) => join(dirname(file), path)),
  )
  return [...new Set(wanted)]
    .filter((path) => path.startsWith('contract/'))
    .map((path) => `${path}.ts`)
    .filter((file) => !existsSync(join(src, file)))
}

function manifest(framework: Framework): string {
  const common = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as object
  const { address, version } = agyn
  const provider = { provider: { name: address, version: `~> ${version}` } }
  const described = {
    name: `@agyn/${framework}-provider`,
    version,
    ...common,
    keywords: ['agyn', 'cdk', framework, 'constructs', 'provider', 'secrets', 'terraform'],
    peerDependencies: peers[framework],
    // CDK Terrain looks for either.
    cdktf: provider,
    ...(framework === 'cdktn' ? { cdktn: provider } : {}),
  }
  return `${JSON.stringify(described, null, 2)}\n`
}

function compile(src: string, lib: string): ts.Program {
  const program = ts.createProgram([join(src, 'index.ts'), ...entriesOf(src)], {
    rootDir: src,
    outDir: lib,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    strict: true,
    declaration: true,
    skipLibCheck: true,
    stripInternal: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  })
  const { diagnostics } = program.emit()
  const found = [...ts.getPreEmitDiagnostics(program), ...diagnostics]
  if (found.length === 0) return program
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => src,
    getNewLine: () => '\n',
  }
  throw new Error(ts.formatDiagnostics(found, host))
}

/** The L1 of every resource, each of which can be required by itself. */
const entriesOf = (src: string): string[] =>
  readdirSync(src, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(src, entry.name, 'index.ts')))
    .map(({ name }) => join(src, name, 'index.ts'))

const filesBelow = (folder: string): string[] =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const framework of frameworks) await buildConstructs(framework)
}
