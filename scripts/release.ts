// Prevents a release that a registry refuses or that nobody can check: packs the provider as Terraform's
// registry wants it, and the constructs as npm's does, the same bytes from the same source on every machine.
import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync, zipSync, type Zippable } from 'fflate'
import { packConstructs } from './build-constructs.ts'
import { frameworks, tarball } from './constructs-packages.ts'
import { agyn, bundleProvider, platforms, type ProviderFiles } from './bundle-provider.ts'

/** What a releaser has left to do. */
export interface Release {
  /** Checksums of the provider, which the releaser signs. */
  readonly sums: string
  /** Packages of constructs, which the releaser publishes. */
  readonly packages: readonly string[]
}

/**
 * Leaves the provider in `directory`, a zip for each platform and the manifest, and the packages of
 * constructs; with the checksums of each in a file of its own, for the registry reads that of the provider:
 * https://developer.hashicorp.com/terraform/registry/providers/publishing
 */
export async function writeRelease(directory: string): Promise<Release> {
  const name = `terraform-provider-agyn_${agyn.version}`
  const zip = pack(await bundleProvider(agyn))
  const provider: Files = new Map([
    ...platforms.map((platform) => [`${name}_${platform}.zip`, zip] as const),
    [`${name}_manifest.json`, Buffer.from(manifest)],
  ])
  const packages: Files = new Map(await constructs())
  const constructsSums = `agyn-constructs-${agyn.version}_SHA256SUMS`
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const files = new Map([
    ...provider,
    [`${name}_SHA256SUMS`, Buffer.from(checksums(provider))] as const,
    ...packages,
    [constructsSums, Buffer.from(checksums(packages))] as const,
  ])
  for (const [file, content] of files) writeFileSync(join(directory, file), content)
  return {
    sums: join(directory, `${name}_SHA256SUMS`),
    packages: [...packages.keys()].map((file) => join(directory, file)),
  }
}

type Files = ReadonlyMap<string, Uint8Array>

/** Their tar is the same everywhere; what npm compresses it with is zlib. */
const constructs = (): Promise<(readonly [file: string, content: Uint8Array])[]> =>
  Promise.all(
    frameworks.map(async (framework) => {
      const tar = gunzipSync(await packConstructs(framework))
      return [basename(tarball(framework)), gzipSync(tar, { level: 9, mtime: 0 })] as const
    }),
  )

/** Not by zlib, whose output is another on another processor. */
function pack(files: ProviderFiles): Uint8Array {
  const entries: Zippable = {}
  for (const [file, { content, mode }] of files) {
    // As on Unix, in whose attributes a regular file is 0o100000.
    const attrs = ((0o100000 | mode) << 16) >>> 0
    entries[file] = [Buffer.from(content), { os: 3, attrs, mtime: zipEpoch, level: 9 }]
  }
  return zipSync(entries)
}

/** The first day that a zip can name, in local time, which is what it holds. */
const zipEpoch = new Date(1980, 0, 1)

const manifest = `${JSON.stringify({ version: 1, metadata: { protocol_versions: ['6.0'] } }, null, 2)}\n`

/** As `sha256sum` writes them. */
const checksums = (files: Files): string =>
  [...files]
    .map(([file, content]) => `${createHash('sha256').update(content).digest('hex')}  ${file}\n`)
    .join('')

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { sums, packages } = await writeRelease(join(import.meta.dirname, '../dist/release'))
  console.log(`Packed version ${agyn.version}. What is left is the signature:

  gpg --detach-sign --output ${sums}.sig ${sums}

with an RSA or DSA key that the registry knows. Then attach all files to the release v${agyn.version}, and
publish the packages of constructs:

${packages.map((file) => `  npm publish ${file}`).join('\n')}`)
}
