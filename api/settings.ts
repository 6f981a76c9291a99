import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { SERVICE_ACCOUNT_TOKEN } from '../contract/schemas/provider-types/vault.ts'
import { parseAllowList, type AllowEntry } from './backends/outbound/allow-list.ts'
import type { ProviderSettings } from './backends/registry.ts'
import { readDefaultStore, storeSettings, unusedStoreSettings } from './default-store-settings.ts'
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
  /** Files of the server that providers may log in with. */
  readonly tokenPaths: readonly string[]
  /** The deployment's own store, which keeps new values; undefined: the database does. */
  readonly defaultStore: ProviderSettings | undefined
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

/** Every setting but those of the default store: what it is when it is left out. */
const defaults = {
  HOST: '127.0.0.1',
  PORT: '8080',
  DATABASE_URL: undefined,
  AGYN_DATA_DIR: '.agyn',
  SECRETS_MASTER_KEY: undefined,
  SECRETS_MASTER_KEY_FILE: undefined,
  AGYN_ADMIN_TOKEN: undefined,
  AGYN_OUTBOUND_ALLOW: '',
  AGYN_TOKEN_PATHS: SERVICE_ACCOUNT_TOKEN,
  AGYN_SECRETS_MANAGER: 'DB',
  AGYN_RATE_LIMIT: '6000',
  LOG_LEVEL: 'info',
  TRUST_PROXY: 'off',
} as const satisfies Readonly<Record<string, string | undefined>>

type Setting = keyof typeof defaults

/** Reads all settings, or throws `SettingsError` with everything that is wrong at once. */
export function readSettings(env: Environment): Settings {
  const problems: string[] = []
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read()
    } catch (error) {
      problems.push(...(error instanceof SettingsError ? error.problems : [messageOf(error)]))
      return otherwise
    }
  }
  const database = attempt<Settings['database']>(() => readDatabase(env), {
    kind: 'embedded',
    directory: '',
  })
  const defaultStore = attempt(() => readStore(env), undefined)
  const settings: Settings = {
    host: attempt(() => readHost(read(env, 'HOST')), ''),
    port: attempt(() => readNumber(env, 'PORT', 0, 65535), 0),
    database,
    masterKey: attempt<Settings['masterKey']>(() => readKey(env, database), {
      kind: 'given',
      keys: [],
    }),
    adminToken: attempt(() => readAdminToken(read(env, 'AGYN_ADMIN_TOKEN')), undefined),
    outboundAllow: attempt(() => parseAllowList(read(env, 'AGYN_OUTBOUND_ALLOW')), []),
    tokenPaths: attempt(() => readTokenPaths(read(env, 'AGYN_TOKEN_PATHS'), defaultStore), []),
    defaultStore,
    logLevel: attempt(() => readLogLevel(read(env, 'LOG_LEVEL')), 'info'),
    trustProxy: attempt(() => readTrustProxy(read(env, 'TRUST_PROXY')), false),
    rateLimit: attempt(() => readNumber(env, 'AGYN_RATE_LIMIT', 1, 1_000_000), 1),
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}

/** Settings by our name that have no effect: misspelt most likely, or of a store that nobody chose. */
export function strangeSettings(env: Environment): string[] {
  const unknown = Object.keys(env)
    .filter((name) => /^(AGYN_|SECRETS_)/.test(name) && !isKnown(name))
    .map((name) => `${name} is not a setting of this version, and is ignored.`)
  const manager = read(env, 'AGYN_SECRETS_MANAGER')
  const unused = unusedStoreSettings((name) => given(env, name)).map(
    (name) => `${name} has no effect while AGYN_SECRETS_MANAGER is ${manager}.`,
  )
  return [...unknown, ...unused]
}

const isKnown = (name: string): boolean =>
  Object.hasOwn(defaults, name) || storeSettings.has(name) || ofTheClients.has(name)

/** Of the Terraform provider and the command line. */
const ofTheClients: ReadonlySet<string> = new Set(['AGYN_API_URL', 'AGYN_API_TOKEN'])

/** An empty variable is an absent one. */
const given = (env: Environment, name: string): string | undefined => env[name] || undefined

/** A setting as it was given, or its default. */
const read = <Name extends Setting>(env: Environment, name: Name) =>
  (given(env, name) ?? defaults[name]) as (typeof defaults)[Name] extends string
    ? string
    : string | undefined

const messageOf = (error: unknown): string => (error as Error).message

/** The database alone, for `migrate`, which needs no key. */
export function readDatabaseSetting(env: Environment): Settings['database'] {
  try {
    return readDatabase(env)
  } catch (error) {
    throw new SettingsError([messageOf(error)])
  }
}

function readHost(text: string): string {
  if (isIP(text) || /^[a-z0-9.-]+$/i.test(text)) return text
  throw new Error('HOST must be a host name or an address, such as 127.0.0.1 or 0.0.0.0.')
}

function readNumber(env: Environment, name: Setting, least: number, most: number): number {
  const text = read(env, name) ?? ''
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new Error(`${name} must be a whole number from ${least} to ${most}.`)
}

function readDatabase(env: Environment): Settings['database'] {
  const url = read(env, 'DATABASE_URL')
  if (url === undefined) return { kind: 'embedded', directory: resolve(read(env, 'AGYN_DATA_DIR')) }
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new Error(
      'DATABASE_URL must be a PostgreSQL URL: postgresql://user:password@host:5432/name.',
    )
  }
  return { kind: 'postgres', url }
}

function readKey(env: Environment, database: Settings['database']): Settings['masterKey'] {
  const text = read(env, 'SECRETS_MASTER_KEY')
  const file = read(env, 'SECRETS_MASTER_KEY_FILE')
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

/** The files that are listed, and the one that the operator himself has the default store log in with. */
function readTokenPaths(text: string, store: Settings['defaultStore']): readonly string[] {
  const listed = text.split(',').map((path) => path.trim())
  if (!listed.every((path) => /^\/[^\p{Cc}]+$/u.test(path))) {
    throw new Error('AGYN_TOKEN_PATHS must be absolute paths of files, with commas between.')
  }
  const own = store && 'tokenPath' in store.config ? [store.config.tokenPath] : []
  return [...new Set([...listed, ...own])]
}

function readStore(env: Environment): Settings['defaultStore'] {
  const read = readDefaultStore((name) => given(env, name))
  if ('problems' in read) throw new SettingsError(read.problems)
  return read.store
}
