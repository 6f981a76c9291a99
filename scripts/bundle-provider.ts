// Prevents a provider from being released that a user cannot start: it must run without an `npm install`,
// under any parent package.json, and start fast, because Terraform starts it anew for every phase.
import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { MINIMUM_NODE } from '../cdktf-provider/plugin/minimum-node.ts'
import { VERSION } from '../cdktf-provider/provider/gen/version.ts'
import { thirdPartyNotices } from './third-party-notices.ts'

export interface BundleOptions {
  /** The file that calls `serve`. */
  readonly entry: string
  /** The provider's source address, such as `registry.terraform.io/agynio/agyn`. */
  readonly address: string
  readonly version: string
  /** Files that get a bundle of their own, loaded when an `import()` of them is reached: `{ 'schemas.cjs': 'contract/schemas/index.ts' }`. */
  readonly lazy?: Readonly<Record<string, string>>
}

/** The files that Terraform installs, by name. */
export type ProviderFiles = ReadonlyMap<string, { readonly content: string; readonly mode: number }>

/** Bundles the provider. The files are the same for every platform, since Node.js is what differs. */
export async function bundleProvider(options: BundleOptions): Promise<ProviderFiles> {
  const { entry, address, version, lazy = {} } = options
  const name = `terraform-provider-${address.split('/').at(-1)}`
  const late: string[] = []
  const main = await bundle({ entryPoints: [entry] }, [separate(lazy), defer(late)])
  const stdin = { contents: lateModules(late), resolveDir: dirname(entry) }
  const bundles = new Map([
    ['provider.cjs', main],
    [lateFile, await bundle({ stdin }, [separate(lazy)])],
  ])
  for (const [file, path] of Object.entries(lazy)) {
    bundles.set(file, await bundle({ entryPoints: [path] }, []))
  }
  const notices = thirdPartyNotices([...bundles.values()].flatMap(({ inputs }) => inputs))
  return new Map([
    [`${name}_v${version}`, { content: launcher(name), mode: 0o755 }],
    ...[...bundles].map(([file, { text }]) => [file, { content: text, mode: 0o644 }] as const),
    ['LICENSE', { content: readFileSync(license, 'utf8'), mode: 0o644 }],
    ['THIRD_PARTY_NOTICES', { content: notices, mode: 0o644 }],
  ])
}

/** Leaves the provider in a filesystem mirror, for `terraform init` to install, and returns the directories. */
export function writeToMirror(
  files: ProviderFiles,
  options: {
    readonly mirror: string
    readonly address: string
    readonly version: string
    /** `os_arch` pairs. */
    readonly platforms: readonly string[]
  },
): readonly string[] {
  const { mirror, address, version, platforms } = options
  return platforms.map((platform) => {
    const directory = join(mirror, address, version, platform)
    // The lock file holds a hash of the directory, so nothing of an earlier build may stay in it.
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory, { recursive: true })
    for (const [file, { content, mode }] of files) {
      writeFileSync(join(directory, file), content)
      chmodSync(join(directory, file), mode)
    }
    return directory
  })
}

/** Where the launcher runs, as `os_arch`. */
export const platforms = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'] as const

const root = dirname(import.meta.dirname)
const license = join(root, 'LICENSE')

/** What `source = "agynio/agyn"` means to Terraform, and to OpenTofu, whose registry is another. */
export const addresses = ['registry.terraform.io/agynio/agyn', 'registry.opentofu.org/agynio/agyn']

/** What is bundled as the provider of this repository. */
export const agyn = {
  entry: join(root, 'cdktf-provider/provider/main.ts'),
  address: 'registry.terraform.io/agynio/agyn',
  version: VERSION,
  // zod and the schemas take 37 ms to load, and most starts check nothing.
  lazy: { 'validation.cjs': join(root, 'contract/validation.ts') },
} satisfies BundleOptions

/**
 * What Terraform starts. A script with `#!/usr/bin/env node` would be read as an ES module below a
 * package.json that says so. Without Node.js the line reaches the user through Terraform; an old one is `serve`'s to refuse. The certificates
 * are handed on under another name, see `readExtraCaCertificates`.
 */
const launcher = (name: string) => `#!/bin/sh
command -v node >/dev/null 2>&1 || { echo "${name} needs Node.js ${MINIMUM_NODE} or newer: install it, or add it to the PATH that terraform runs with."; exit 1; }
[ -z "$NODE_EXTRA_CA_CERTS" ] || { export PLUGIN_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"; unset NODE_EXTRA_CA_CERTS; }
exec node "\${0%/*}/provider.cjs" "$@"
`

/** One minified CommonJS file, which Node starts fastest. */
async function bundle(
  from: Pick<BuildOptions, 'entryPoints' | 'stdin'>,
  plugins: Plugin[],
): Promise<{ readonly text: string; readonly inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    ...from,
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    // Constructor names are what the log tells of an error.
    keepNames: true,
    // They stand in THIRD_PARTY_NOTICES.
    legalComments: 'none',
    // `require` loads a lazy bundle without starting Node's ES module loader.
    supported: { 'dynamic-import': false },
    plugins,
  })
  const [output] = Object.values(metafile.outputs)
  return {
    text: outputFiles[0]?.text ?? '',
    inputs: Object.keys(output?.inputs ?? {}).map((path) => resolve(path)),
  }
}

/** What `serve` imports after the handshake. Node need not even parse it before. */
const lateFile = 'after-handshake.cjs'

/** Leaves what an `import()` reaches out of the bundle, notes it, and takes it from the late file. */
function defer(late: string[]): Plugin {
  return {
    name: 'defer',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) =>
        kind === 'dynamic-import'
          ? { path: String(late.push(resolve(resolveDir, path)) - 1), namespace: 'late' }
          : undefined,
      )
      onResolve({ filter: /./, namespace: 'late' }, () => ({
        path: `./${lateFile}`,
        external: true,
      }))
      onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
        contents: `module.exports = require('late')[${path}]()`,
      }))
    },
  }
}

/** One bundle for all of them, so that they share each module, and each evaluated when it is asked for. */
const lateModules = (paths: readonly string[]) =>
  `module.exports = [${paths.map((path) => `() => require(${JSON.stringify(path)})`).join()}]`

/** Points imports of the lazy files to their own bundles, which lie beside this one. */
function separate(lazy: Readonly<Record<string, string>>): Plugin {
  const bundles = new Map(Object.entries(lazy).map(([file, path]) => [resolve(path), file]))
  return {
    name: 'separate',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir, importer, kind }) => {
        const file = bundles.get(resolve(resolveDir, path))
        if (!file) return undefined
        if (kind === 'dynamic-import') return { path: `./${file}`, external: true }
        const from = relative('.', importer)
        return { errors: [{ text: `${from} imports ${path} at once; ${file} is loaded lazily` }] }
      })
    },
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const files = await bundleProvider(agyn)
  const mirror = join(root, 'dist/terraform-mirror')
  for (const address of addresses) writeToMirror(files, { ...agyn, address, mirror, platforms })
}
