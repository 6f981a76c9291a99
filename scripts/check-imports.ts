// Prevents the folders from growing into a knot: an import may only point the way that STYLE draws.
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What each place may import besides itself. The longest prefix of a file decides. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  'cdktf-provider/plugin': [],
  'cdktf-provider/provider': ['contract', 'cdktf-provider/plugin'],
  'cdktf-provider/constructs': ['contract'],
  'api/errors.ts': ['contract'],
  'api/deadline.ts': [],
  'api/keep-doing.ts': [],
  'api/database': [],
  'api/keyring': ['api/database'],
  'api/backends': ['contract', 'api/deadline.ts', 'api/keyring', 'api/database'],
  'api/principals': ['contract', 'api/errors.ts', 'api/database'],
  'api/audit': ['api/principals', 'api/database'],
  'api/retention': ['api/errors.ts', 'api/keep-doing.ts', 'api/audit', 'api/database'],
  'api/activity': ['api/backends', 'api/database'],
  'api/scopes': ['contract', 'api/errors.ts', 'api/principals', 'api/database'],
  'api/resolver': [
    'contract',
    'api/errors.ts',
    'api/deadline.ts',
    'api/scopes',
    'api/backends',
    'api/keyring',
    'api/database',
  ],
  'api/custody': [
    ...['contract', 'api/errors.ts', 'api/deadline.ts', 'api/resolver', 'api/audit'],
    ...['api/principals', 'api/retention', 'api/backends', 'api/keyring', 'api/database'],
  ],
  'api/operations': [
    ...['contract', 'api/errors.ts', 'api/deadline.ts', 'api/resolver', 'api/scopes'],
    ...['api/audit', 'api/principals'],
    ...['api/custody', 'api/activity', 'api/retention', 'api/backends', 'api/keyring'],
    'api/database',
  ],
  'api/http': [
    ...['contract', 'api/errors.ts', 'api/deadline.ts', 'api/operations', 'api/audit'],
    ...['api/principals', 'api/database'],
  ],
  'api/default-store-settings.ts': ['contract', 'api/resolver', 'api/backends'],
  'api/settings.ts': [
    ...['contract', 'api/default-store-settings.ts', 'api/backends', 'api/keyring'],
  ],
  'api/app.ts': [
    ...['api/errors.ts', 'api/keep-doing.ts', 'api/http', 'api/operations', 'api/custody'],
    ...['api/resolver', 'api/audit', 'api/activity', 'api/principals', 'api/backends'],
    ...['api/keyring', 'api/database'],
  ],
  'api/main.ts': ['api'],
  cli: ['contract'],
  'cli/main.ts': ['cli', 'api/main.ts'],
}

/** Everything that is wrong with the imports below `root`, one sentence each. */
export function importComplaints(root: string): string[] {
  return ['contract', 'api', 'cli', 'cdktf-provider']
    .flatMap((folder) => sourcesIn(join(root, folder)))
    .map((file) => relative(root, file))
    .flatMap((file) => {
      const place = placeOf(file)
      return place === undefined
        ? [
            `${file} lies in no place that scripts/check-imports.ts knows. Add one, and what it may import.`,
          ]
        : complaintsOf(file, place, readFileSync(join(root, file), 'utf8'))
    })
}

function complaintsOf(file: string, place: string, source: string): string[] {
  const imports = source.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
  return [...imports].flatMap(([, path = '']) => {
    const target = join(dirname(file), path)
    const may = [place, ...(allowed[place] ?? [])].some((other) => isIn(target, other))
    return may ? [] : [`${file} imports ${target}, and ${place} may not.`]
  })
}

function placeOf(file: string): string | undefined {
  const places = Object.keys(allowed).filter((place) => isIn(file, place))
  return places.sort((a, b) => b.length - a.length)[0]
}

const isIn = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}/`)

function sourcesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : sourcesIn(path)
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : []
  })
}

/** Generated, built or installed. */
const notOurs: ReadonlySet<string> = new Set(['gen', 'dist', 'node_modules'])

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const complaints = importComplaints(fileURLToPath(new URL('..', import.meta.url)))
  if (complaints.length > 0) {
    console.error(complaints.join('\n'))
    process.exit(1)
  }
}
