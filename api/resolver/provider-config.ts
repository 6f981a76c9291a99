import { createHash } from 'node:crypto'
import { fieldsOf, type ProviderType } from '../../contract/schemas/provider-types/index.ts'
import type { SecretProvider } from '../database/gen/client.ts'
import type { OrganizationKeys, RecordPlace, Sealed } from '../keyring/organization-keys.ts'
import { SecretValue } from '../keyring/secret-value.ts'

/** The fields of a config by name. */
export type Config = Readonly<Record<string, unknown>>

/** A provider's config as its columns hold it. */
export interface StoredConfig {
  readonly config: object
  readonly sensitiveFields: string[]
  readonly credentials: Uint8Array<ArrayBuffer> | null
  readonly sealFormat: number | null
  readonly dataKeyId: string | null
  readonly configFingerprint: string | null
}

/** What opening it needs. */
export type SealedConfig = Omit<StoredConfig, 'configFingerprint'>

/** Splits a checked config into what may be shown and what is sealed. */
export function storeConfig(
  keys: OrganizationKeys,
  id: string,
  type: ProviderType,
  config: Config,
): StoredConfig {
  const isSensitive = sensitiveFieldsOf(type)
  const entries = Object.entries(config).filter(([, value]) => value !== undefined)
  const plain = Object.fromEntries(entries.filter(([key]) => !isSensitive.has(key)))
  const sensitive = Object.fromEntries(entries.filter(([key]) => isSensitive.has(key)))
  const sensitiveFields = Object.keys(sensitive)
  if (sensitiveFields.length === 0) return { config: plain, sensitiveFields, ...NO_CREDENTIALS }
  const sealed = keys.seal(
    placeOf(id, type, plain),
    SecretValue.fromText(JSON.stringify(sensitive)),
  )
  const { bytes: credentials, sealFormat, dataKeyId } = sealed
  const values = Object.entries(sensitive).map(
    ([key, value]) => [key, SecretValue.fromText(String(value))] as const,
  )
  const configFingerprint = keys.configFingerprint(id, new Map(values))
  return { config: plain, sensitiveFields, credentials, sealFormat, dataKeyId, configFingerprint }
}

/** Columns of a provider that has no credentials, or none any more. */
export const NO_CREDENTIALS = {
  credentials: null,
  sealFormat: null,
  dataKeyId: null,
  configFingerprint: null,
} as const

/** The whole config, credentials opened. Throws `SealBroken` when the row's destination is not the one they were given for. */
export function openConfig(
  keys: OrganizationKeys,
  row: Pick<SecretProvider, 'id' | 'type' | keyof SealedConfig>,
): Config {
  const plain = row.config as Config
  if (row.credentials === null) return plain
  const opened = keys.open(placeOf(row.id, row.type as ProviderType, plain), {
    bytes: row.credentials,
    sealFormat: row.sealFormat,
    dataKeyId: row.dataKeyId,
  } as Sealed)
  return { ...plain, ...(JSON.parse(opened.reveal().toString('utf8')) as Config) }
}

export const sensitiveFieldsOf = (type: ProviderType): ReadonlySet<string> =>
  new Set(fieldsOf(type).flatMap(({ key, sensitive }) => (sensitive ? [key] : [])))

export const destinationFieldsOf = (type: ProviderType): readonly string[] =>
  fieldsOf(type).flatMap(({ key, destination }) => (destination ? [key] : []))

/** Binds credentials to where they are sent: a row re-pointed behind our back does not open. */
function placeOf(recordId: string, type: ProviderType, plain: Config): RecordPlace {
  const destination = destinationFieldsOf(type).map((key) => [key, plain[key] ?? null])
  const context = createHash('sha256').update(JSON.stringify(destination)).digest('hex')
  return { type: 'SecretProvider', recordId, field: 'credentials', version: '1', context }
}
