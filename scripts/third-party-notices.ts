// Prevents the provider from being handed out without the notices that the licenses of what is bundled
// into it ask for.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The notices of the packages that the files belong to: their license, else what their files begin with. */
export function thirdPartyNotices(files: Iterable<string>): string {
  const packages = new Map<string, string[]>()
  for (const file of files) {
    const directory = packageOf(file)
    if (directory !== null) packages.set(directory, [...(packages.get(directory) ?? []), file])
  }
  const notices = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(notice)
  return `This provider contains the following packages.\n\n${notices.join('\n')}`
}

function notice([directory, files]: [directory: string, files: readonly string[]]): string {
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest
  const license = join(directory, 'LICENSE')
  const text = existsSync(license)
    ? readFileSync(license, 'utf8')
    : [...new Set(files.map(leadingComment))].sort().join('\n\n')
  return `${rule}\n${manifest.name} ${manifest.version} (${manifest.license})\n${rule}\n\n${text.trim()}\n`
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
}

const rule = '-'.repeat(80)

/** Where the package that a file belongs to is installed; null for one of ours. */
function packageOf(file: string): string | null {
  if (!file.includes('node_modules/')) return null
  let directory = dirname(file)
  // A package may have more package.json files inside, which only say what kind of modules lie there.
  while (!/node_modules\/(@[^/]+\/)?[^/@]+$/.test(directory)) directory = dirname(directory)
  return directory
}

const leadingComment = (file: string): string =>
  /^(?:\/\/.*\n)+/m
    .exec(readFileSync(file, 'utf8'))?.[0]
    .replace(/^\/\/ ?/gm, '')
    .trim() ?? ''
