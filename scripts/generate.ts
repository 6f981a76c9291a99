// Prevents generated files from growing old: writes all of them anew. CI expects no difference after it.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  version: string
}
writeFileSync(
  fileURLToPath(new URL('cdktf-provider/provider/gen/version.ts', root)),
  `// Generated from package.json by \`npm run generate\`. Do not edit.\nexport const VERSION = '${version}'\n`,
)
await import('./generate-provider-config.ts')
await import('./generate-protocol.ts')
await import('./generate-docs.ts')
await import('./generate-constructs.ts')
await import('./generate-api-page.ts')
