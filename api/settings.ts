import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseAllowList, type AllowEntry } from './backends/outbound/allow-list.ts'
import {
  MasterKeyError,
  parseMasterKey,
  readMasterKeys,
  type MasterKeyInput,
} from './keyring/master-key.ts'

/** What the environment says, checked. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** PostgreSQL, or a directory with an embedded PGlite. */
  readonly database:
    | { readonly kind: 'postgres'; readonly url: string }
    | { readonly kind: 'embedded'; readonly directory: string }
  /** Given by the operator, or in a file beside the embedded database, where the first start makes it. */
  readonly masterKey:
    | { readonly kind: 'given'; readonly keys: readonly MasterKeyInput[] }
    | { readonly kind: 'file'; readonly path: string }
  readonly adminToken: string | undefined
  readonly outboundAllow: readonly AllowEntry[]
  readonly logLevel: string
  readonly trustProxy: string | number | boolean
  readonly rateLimit: number
}

/** Everything that is wrong with the settings, one sentence each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads all settings, or throws `SettingsError` with everything that is wrong at once. */
export function readSettings(env: Environment): Settings {
  const problems: string[] = []
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read()
    } catch (error) {
      problems.push((error as Error).message)
      return otherwise
    }
  }
  const given = (name: string) => env[name] || undefined // an empty variable is an absent one
  const database = attempt<Settings['database']>(
    () => readDatabase(given('DATABASE_URL'), given('AGYN_DATA_DIR')),
    { kind: 'embedded', directory: '' },
  )
  const settings: Settings = {
    host: attempt(() => readHost(given('HOST') ?? '127.0.0.1'), ''),
    port: attempt(() => readNumber('PORT', given('PORT') ?? '8080', 0, 65535), 0),
    database,
    masterKey: attempt<Settings['masterKey']>(
      () => readKey(given('SECRETS_MASTER_KEY'), given('SECRETS_MASTER_KEY_FILE'), database),
      { kind: 'given', keys: [] },
    ),
    adminToken: attempt(() => readAdminToken(given('AGYN_ADMIN_TOKEN')), undefined),
    outboundAllow: attempt(() => parseAllowList(given('AGYN_OUTBOUND_ALLOW') ?? ''), []),
    logLevel: attempt(() => readLogLevel(given('LOG_LEVEL') ?? 'info'), 'info'),
    trustProxy: attempt(() => readTrustProxy(given('TRUST_PROXY') ?? 'off'), false),
    rateLimit: attempt(
      () => readNumber('AGYN_RATE_LIMIT', given('AGYN_RATE_LIMIT') ?? '6000', 1, 1_000_000),
      6000,
    ),
  }
  attempt(() => checkDefaultStore(given('AGYN_SECRETS_MANAGER') ?? 'DB'), undefined)
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}

/** Settings by our name that this version does not know: most likely misspelt. */
export function strangeSettings(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => /^(AGYN_|SECRETS_)/.test(name) && !KNOWN.has(name))
    .map((name) => `${name} is not a setting of this version, and is ignored.`)
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['AGYN_DATA_DIR', 'SECRETS_MASTER_KEY', 'SECRETS_MASTER_KEY_FILE', 'AGYN_ADMIN_TOKEN'],
  ...['AGYN_OUTBOUND_ALLOW', 'AGYN_SECRETS_MANAGER', 'AGYN_RATE_LIMIT'],
  ...['AGYN_API_URL', 'AGYN_API_TOKEN'], // of the Terraform provider
])

/** The database alone, for `migrate`, which needs no key. */
export function readDatabaseSetting(env: Environment): Settings['database'] {
  try {
    return readDatabase(env['DATABASE_URL'] || undefined, env['AGYN_DATA_DIR'] || undefined)
  } catch (error) {
    throw new SettingsError([(error as Error).message])
  }
}

function readHost(text: string): string {
  if (isIP(text) || /^[a-z0-9.-]+$/i.test(text)) return text
  throw new Error('HOST must be a host name or an address, such as 127.0.0.1 or 0.0.0.0.')
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new Error(`${name} must be a whole number from ${least} to ${most}.`)
}

function readDatabase(url: string | undefined, directory = '.agyn'): Settings['database'] {
  if (url === undefined) return { kind: 'embedded', directory: resolve(directory) }
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new Error(
      'DATABASE_URL must be a PostgreSQL URL: postgresql://user:password@host:5432/name.',
    )
  }
  return { kind: 'postgres', url }
}

function readKey(
  text: string | undefined,
  file: string | undefined,
  database: Settings['database'],
): Settings['masterKey'] {
  if (text !== undefined && file !== undefined) {
    throw new MasterKeyError('Set SECRETS_MASTER_KEY or SECRETS_MASTER_KEY_FILE, not both.')
  }
  if (text !== undefined) {
    return { kind: 'given', keys: [parseMasterKey(text, 'SECRETS_MASTER_KEY')] }
  }
  if (file !== undefined) {
    return { kind: 'given', keys: readMasterKeys(file, 'SECRETS_MASTER_KEY_FILE') }
  }
  if (database.kind === 'embedded') {
    return { kind: 'file', path: join(database.directory, 'master-key') }
  }
  throw new MasterKeyError(
    'With PostgreSQL the master key must be given: set SECRETS_MASTER_KEY or SECRETS_MASTER_KEY_FILE. Make one with: echo "hex:$(openssl rand -hex 32)"',
  )
}

function readAdminToken(text: string | undefined): string | undefined {
  if (text === undefined || /^[\x21-\x7e]{32,}$/.test(text)) return text
  throw new Error(
    'AGYN_ADMIN_TOKEN must have at least 32 characters, without spaces. Leave it out to have one made on the first start.',
  )
}

function readLogLevel(text: string): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
  if (levels.includes(text)) return text
  throw new Error(`LOG_LEVEL must be one of ${levels.join(', ')}.`)
}

/** Express's own words, but never "trust everybody": that lets a client choose its address. */
function readTrustProxy(text: string): string | number | boolean {
  if (text === 'off' || text === 'false') return false
  if (/^\d+$/.test(text)) return Number(text)
  const parts = text.split(',').map((part) => part.trim())
  const named = ['loopback', 'linklocal', 'uniquelocal']
  if (parts.every((part) => named.includes(part) || isRange(part))) return text
  throw new Error(
    'TRUST_PROXY must be off, a number of proxies, or a list of addresses, CIDRs, loopback, linklocal and uniquelocal.',
  )
}

/** An address, or a CIDR of some of them. */
function isRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  if (rest.length > 0 || bits === 0) return false
  return prefix === undefined || (/^[1-9]\d*$/.test(prefix) && Number(prefix) <= bits)
}

/** Custody never changes silently: a store that was asked for and cannot be had stops the start. */
function checkDefaultStore(name: string): void {
  if (name === 'DB') return
  throw new Error(
    `AGYN_SECRETS_MANAGER is ${/^[A-Z_]{1,20}$/.test(name) ? name : 'set'}, but this version keeps new values in its database only. Leave it out or set it to DB; nothing was stored anywhere.`,
  )
}
