#!/usr/bin/env node
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { AuditLog } from './audit/audit-log.ts'
import { Database } from './database/database.ts'
import { DirectoryLocked } from './database/directory-lock.ts'
import { isDatabaseUnavailable } from './database/errors.ts'
import { MigrationError } from './database/migrate.ts'
import { describeError } from './http/describe-error.ts'
import { Keyring } from './keyring/keyring.ts'
import { createMasterKeyFile, MasterKeyError, readMasterKeys } from './keyring/master-key.ts'
import { introduceAdmin, renewAdmin } from './principals/admin-tokens.ts'
import { keepSweeping } from './retention/keep-sweeping.ts'
import {
  readDatabaseSetting,
  readSettings,
  SettingsError,
  strangeSettings,
  type Settings,
} from './settings.ts'

// Beside `api/` in a checkout, beside `dist/` once built.
const { version } = createRequire(import.meta.url)(
  import.meta.url.includes('/dist/') ? '../../package.json' : '../package.json',
) as { version: string }

const USAGE = `Usage: agyn-secrets [command]

  serve         start the API (what it does without a command)
  migrate       bring the database up to date, and exit
  admin-token   make a new admin token in place of those made here before, print it, and exit

Settings come from the environment; README.md lists them.`

// Whatever nobody caught: its message may quote a value, so only its kind and place are told.
process.on('unhandledRejection', (error) => {
  console.error(sentenceFor(error))
  process.exit(1)
})

// The AWS SDK would print a warning about the Node.js of next year into every log.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(sentenceFor(error))
  process.exit(1)
}

async function run([command = 'serve', ...rest]: string[]): Promise<void> {
  if (rest.length > 0 || !['serve', 'migrate', 'admin-token', '--help', '-h'].includes(command)) {
    throw new SettingsError([`There is no command "${[command, ...rest].join(' ')}".\n`, USAGE])
  }
  if (command.startsWith('-')) return console.log(USAGE)
  if (command === 'migrate') await migrate(readDatabaseSetting(process.env))
  else if (command === 'admin-token') await renewAdminToken(readDatabaseSetting(process.env))
  else await serve(readSettings(process.env))
}

async function migrate(where: Settings['database']): Promise<void> {
  const database = await openDatabase(where, false)
  const applied = await database.migrate()
  await database.close()
  console.log(
    applied.length === 0
      ? 'The database is up to date.'
      : `Applied ${applied.length === 1 ? '1 migration' : `${applied.length} migrations`}: ${applied.join(', ')}.`,
  )
}

async function renewAdminToken(where: Settings['database']): Promise<void> {
  const database = await openDatabase(where, true)
  const token = await renewAdmin(database)
  await database.close()
  console.log(`admin token: ${token}`)
}

async function serve(settings: Settings): Promise<void> {
  for (const line of strangeSettings(process.env)) console.error(line)
  const database = await openDatabase(settings.database, true)
  const { masterKey } = settings
  const keyring = await Keyring.open(
    database,
    masterKey.kind === 'given' ? masterKey.keys : await readKeyFile(masterKey.path, database),
  )
  const log = pino({ level: settings.logLevel, base: null })
  const app = buildApp({
    database,
    keyring,
    log,
    version,
    adminToken: settings.adminToken,
    outbound: {
      allow: settings.outboundAllow,
      database:
        settings.database.kind === 'postgres' ? [Database.addressOf(settings.database.url)] : [],
      extraRoots: readExtraRoots(process.env['NODE_EXTRA_CA_CERTS']),
    },
    tokenPaths: settings.tokenPaths,
    defaultStore: settings.defaultStore,
    rateLimit: settings.rateLimit,
    trustProxy: settings.trustProxy,
  })
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 },
    app.express,
  )
  // Before anybody can begin a write that would look as if it had been left open.
  const stopWorking = await app.work({ alone: settings.database.kind === 'embedded' })
  const { address, port } = await listen(server, settings)
  const token = settings.adminToken === undefined && (await introduceAdmin(database))
  if (token) console.log(`admin token: ${token}`)
  const stopSweeping = keepSweeping({ database, audit: new AuditLog(database) }, (error) =>
    log.error({ error: describeError(error) }, 'retention failed'),
  )
  stopOnSignal(server, async () => {
    await stopWorking()
    await stopSweeping()
    await app.close()
    await database.close()
  })
  const host = address.includes(':') ? `[${address}]` : address
  console.log(`listening on http://${host}:${port}`)
}

async function openDatabase(where: Settings['database'], migrate: boolean): Promise<Database> {
  if (where.kind === 'postgres') return await Database.postgres(where.url, { migrate })
  try {
    mkdirSync(where.directory, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new SettingsError([
      `The data directory ${where.directory} cannot be made or used (${(error as NodeJS.ErrnoException).code}). Set AGYN_DATA_DIR to a directory that this user may write.`,
    ])
  }
  return await Database.embedded(where.directory, { migrate })
}

/** The key file beside the embedded database. It is made only while nothing has been sealed yet. */
async function readKeyFile(file: string, database: Database) {
  if (!existsSync(file)) {
    if ((await database.prisma.masterKey.count()) > 0) {
      throw new MasterKeyError(
        `The key file ${file} is missing, and without it nothing in this database can be read. Restore it, or set SECRETS_MASTER_KEY.`,
      )
    }
    createMasterKeyFile(file)
    console.log(`made a master key: ${file} (back it up: without it every stored value is lost)`)
  }
  return readMasterKeys(file, 'The key file')
}

async function listen(server: Server, { host, port }: Settings): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new SettingsError([
          error.code === 'EADDRINUSE'
            ? `Port ${port} on ${host} is taken. Stop what listens there, or set PORT to another one (0: any).`
            : `Cannot listen on ${host}, port ${port} (${error.code}). Check HOST and PORT.`,
        ]),
      ),
    )
    server.listen(port, host, resolve)
  })
  return server.address() as AddressInfo
}

/** Finishes what is under way, then leaves; a second signal, or ten seconds, cut it short. */
function stopOnSignal(server: Server, close: () => Promise<void>): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), 10_000).unref()
    // A connection that becomes idle from now on would stay open until its keep-alive ends.
    setInterval(() => server.closeIdleConnections(), 50).unref()
    server.close(() => {
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
    server.closeIdleConnections()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function readExtraRoots(file: string | undefined): string | undefined {
  try {
    return file === undefined || file === '' ? undefined : readFileSync(file, 'utf8')
  } catch {
    return undefined // Node itself has already warned
  }
}

/** One clear sentence for whoever starts it; of what nobody foresaw, only where it came from. */
function sentenceFor(error: unknown): string {
  if (
    error instanceof SettingsError ||
    error instanceof MasterKeyError ||
    error instanceof MigrationError ||
    error instanceof DirectoryLocked
  ) {
    return error.message
  }
  if (isDatabaseUnavailable(error)) {
    return 'The database does not answer. Check DATABASE_URL, and that PostgreSQL runs and lets us in.'
  }
  return `The API stops, through a fault of its own: ${JSON.stringify(describeError(error))}`
}
