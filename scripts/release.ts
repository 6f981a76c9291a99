// Prevents a release that the registry refuses or that nobody can check: packs the provider as Terraform's
// registry wants it, the same bytes from the same source on every machine.
import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync, type Zippable } from 'fflate'
import { agyn, bundleProvider, platforms, type ProviderFiles } from './bundle-provider.ts'

/**
 * Leaves a zip for each platform, the manifest and the checksums of both in `directory`, and answers the
 * path of the checksums, which the releaser signs:
 * https://developer.hashicorp.com/terraform/registry/providers/publishing
 */
export async function writeRelease(directory: string): Promise<string> {
  const name = `terraform-provider-agyn_${agyn.version}`
  const zip = pack(await bundleProvider(agyn))
  const files = new Map<string, Uint8Array>([
    ...platforms.map((platform) => [`${name}_${platform}.zip`, zip] as const),
    [`${name}_manifest.json`, Buffer.from(manifest)],
  ])
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  for (const [file, content] of files) writeFileSync(join(directory, file), content)
  const sums = join(directory, `${name}_SHA256SUMS`)
  writeFileSync(sums, checksums(files))
  return sums
}

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
const checksums = (files: ReadonlyMap<string, Uint8Array>): string =>
  [...files]
    .map(([file, content]) => `${createHash('sha256').update(content).digest('hex')}  ${file}\n`)
    .join('')

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const sums = await writeRelease(join(import.meta.dirname, '../dist/release'))
  console.log(`Packed version ${agyn.version}. What is left is the signature:

  gpg --detach-sign --output ${sums}.sig ${sums}

with an RSA or DSA key that the registry knows. Then attach all files to the release v${agyn.version}.`)
}
