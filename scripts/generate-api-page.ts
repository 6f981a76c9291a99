// Prevents the page of the constructs from telling of others than are exported: writes API.md from their
// sources. Each package gets its own when it is built, which says what its framework does not know.
import { join } from 'node:path'
import ts from 'typescript'
import { writeApiPage } from './api-page/write-api-page.ts'

const constructs = join(import.meta.dirname, '../cdktf-provider/constructs')
const { config } = ts.readConfigFile(join(constructs, 'tsconfig.json'), (path) =>
  ts.sys.readFile(path),
)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, constructs)
const entry = join(constructs, 'index.ts')
await writeApiPage({
  file: join(constructs, 'API.md'),
  packageName: '@agyn/cdktn-provider',
  program: ts.createProgram([entry], options),
  entry,
})
