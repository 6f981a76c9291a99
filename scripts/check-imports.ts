// Prevents the folders from growing into a knot: an import may only point the way that STYLE draws.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each place may import besides itself. The longest prefix of a file decides. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  'cdktf-provider/plugin': [],
  'cdktf-provider/provider': ['contract', 'cdktf-provider/plugin'],
  'api/errors.ts': ['contract'],
  'api/database': [],
  'api/keyring': ['api/database'],
  'api/backends': ['contract', 'api/keyring', 'api/database'],
  'api/principals': ['contract', 'api/errors.ts', 'api/database'],
  'api/audit': ['api/principals', 'api/database'],
  'api/resolver': ['contract', 'api/errors.ts', 'api/backends', 'api/keyring', 'api/database'],
  'api/operations': [
    ...['contract', 'api/errors.ts', 'api/resolver', 'api/audit', 'api/principals'],
    ...['api/backends', 'api/keyring', 'api/database'],
  ],
  'api/http': [
    ...['contract', 'api/errors.ts', 'api/operations', 'api/audit', 'api/principals'],
    'api/database',
  ],
  'api/settings.ts': ['api/backends', 'api/keyring'],
  'api/app.ts': [
    ...['api/errors.ts', 'api/http', 'api/operations', 'api/resolver', 'api/audit'],
    ...['api/principals', 'api/backends', 'api/keyring', 'api/database'],
  ],
  'api/main.ts': ['api'],
}

const complaints = [...Object.keys(allowed)]
  .filter((place) => !place.endsWith('.ts'))
  .flatMap((place) => sourcesIn(join(root, place)))
  .concat(
    ['api/errors.ts', 'api/settings.ts', 'api/app.ts', 'api/main.ts'].map((file) =>
      join(root, file),
    ),
  )
  .flatMap(complaintsOf)

if (complaints.length > 0) {
  console.error(complaints.join('\n'))
  process.exit(1)
}

function complaintsOf(file: string): string[] {
  const from = relative(root, file)
  const place = placeOf(from)
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import\(?) '(\.[^']+)'/g)
  return [...imports].flatMap(([, path = '']) => {
    const target = relative(root, join(dirname(file), path))
    const mine = target === place || target.startsWith(`${place}/`)
    const may = allowed[place]?.some((other) => target === other || target.startsWith(`${other}/`))
    return mine || may ? [] : [`${from} imports ${target}, and ${place} may not.`]
  })
}

function placeOf(file: string): string {
  const places = Object.keys(allowed).filter((at) => file === at || file.startsWith(`${at}/`))
  return places.sort((a, b) => b.length - a.length)[0] ?? file
}

function sourcesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/gen/'))
}
