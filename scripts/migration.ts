// Prevents prisma/schema.prisma and prisma/migrations from telling two stories.
//
//   npm run migration check      exits 1 and prints the SQL that is missing
//   npm run migration new NAME   writes that SQL as a new migration
//
// Prisma's schema engine runs as WebAssembly, with an in-memory PGlite as its shadow database.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { PGliteSocket } from '../api/database/pglite-socket.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const directory = join(root, 'prisma/migrations')
const [command, name] = process.argv.slice(2)

const sql = await missingSql()
if (command === 'check') {
  if (!sql) process.exit(0)
  console.error(
    'prisma/schema.prisma has changes without a migration. Run `npm run migration new NAME`.\n\n' +
      sql,
  )
  process.exit(1)
}
if (command !== 'new' || !name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run migration check | npm run migration new NAME (a-z, 0-9 and _)')
  process.exit(1)
}
if (!sql) {
  console.log('The migrations already lead to the schema.')
  process.exit(0)
}
const number = String(readMigrations().length + 1).padStart(4, '0')
const path = join(directory, `${number}_${name}`)
mkdirSync(path, { recursive: true })
writeFileSync(join(path, 'migration.sql'), sql)
console.log(`Wrote ${join(path, 'migration.sql')}. Read it before you commit it.`)
process.exit(0)

/** The SQL that takes the migrations to the schema, or '' when they agree. */
async function missingSql(): Promise<string> {
  const engine = await loadEngine()
  const schema = join(root, 'prisma/schema.prisma')
  const diff = await engine.diff({
    from: {
      tag: 'migrations',
      baseDir: directory,
      lockfile: {
        path: 'migration_lock.toml',
        content: readFileSync(join(directory, 'migration_lock.toml'), 'utf8'),
      },
      shadowDbInitScript: '',
      migrationDirectories: readMigrations(),
    },
    to: {
      tag: 'schemaDatamodel',
      files: [{ path: schema, content: readFileSync(schema, 'utf8') }],
    },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return diff.exitCode === 0 ? '' : (diff.stdout ?? '')
}

function readMigrations() {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((folder) => ({
      path: folder,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok',
          value: readFileSync(join(directory, folder, 'migration.sql'), 'utf8'),
        },
      },
    }))
}

interface Compiler {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { exports: Record<string, unknown> }
}

interface Engine {
  diff(params: unknown): Promise<{ exitCode: number; stdout?: string }>
}

async function loadEngine(): Promise<Engine> {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(text) },
  })
  const glue = '@prisma/schema-engine-wasm/schema_engine_bg'
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the package has no types
  const bindings = (await import(glue)) as any
  const file = fileURLToPath(import.meta.resolve(glue)).replace(/\.js$/, '.wasm')
  // Node's types know WebAssembly only with those of a browser.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: Compiler }
  const module = new WebAssembly.Module(readFileSync(file))
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(exports)
  ;(exports['__wbindgen_start'] as () => void)()
  const factory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: connectInMemory,
    connectToShadowDb: connectInMemory,
  }
  return bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory as never),
  )
}

async function connectInMemory() {
  const database = await PGlite.create()
  const pool = new pg.Pool({ stream: () => new PGliteSocket(database), max: 1 } as never)
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- reaches into the adapter
  const adapter = (await new PrismaPg(pool).connect()) as any
  return Object.assign(withSchemaEngineNeeds(adapter), {
    dispose: async () => {
      await pool.end()
      await database.close()
    },
  })
}

/**
 * What @prisma/adapter-pg 7.10 lacks for the schema engine: the catalog's one-byte "char" (oid 18)
 * has no column type, where the engine insists on Character; and `executeScript` splits at every
 * semicolon, which breaks function bodies.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- reaches into the adapter
function withSchemaEngineNeeds(adapter: any) {
  const CHAR = 18
  const BPCHAR = 1042
  const performIO = adapter.performIO.bind(adapter)
  const { queryRaw } = Object.getPrototypeOf(Object.getPrototypeOf(adapter))
  adapter.queryRaw = async (query: unknown) => {
    const result = await performIO(query)
    const isChar = result.fields.map((field: { dataTypeID: number }) => field.dataTypeID === CHAR)
    for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = BPCHAR
    const answered = Object.create(adapter, { performIO: { value: async () => result } })
    const rows = await queryRaw.call(answered, query)
    isChar.forEach((yes: boolean, column: number) => {
      if (yes) rows.columnTypes[column] = ColumnTypeEnum.Character
    })
    return rows
  }
  adapter.executeScript = async (script: string): Promise<void> => {
    await adapter.underlyingDriver().query(script) // the engine takes no answer
  }
  return adapter
}
