import type { ProviderType } from '../../contract/schemas/provider-types/index.ts'
import { BackendFailure, type SecretBackend } from '../backends/backend.ts'
import { rulesOf } from '../backends/store-rules.ts'
import type { PlainConfig } from '../backends/rules.ts'
import type { Database } from '../database/database.ts'
import type { Secret } from '../database/gen/client.ts'
import { Invalid, invalidField, Refused, unknownId } from '../errors.ts'
import type { Encoding } from '../keyring/secret-value.ts'
import { openStore, toStoreProvider, type KeptIn, type Opening } from '../resolver/open-provider.ts'

/** A store that keeps values for us: a provider of the organization, or the deployment's own. */
export interface Keeper {
  readonly type: ProviderType
  readonly config: PlainConfig
  /** The columns that say so. Exactly one is set. */
  readonly columns: StoreColumns
  /** For who is told about it: id and name of a provider. */
  readonly provider?: { readonly id: string; readonly name: string }
  open(): Promise<SecretBackend>
}

/** Columns that name a store: of a secret, of a version of one, of a copy that is left. */
export interface StoreColumns {
  readonly providerId: string | null
  readonly defaultStore: string | null
}

/** What finding a keeper takes. */
export interface Finding extends Opening {
  readonly database: Database
}

/**
 * The store that somebody asks for: the provider that is named, else the default store. Throws
 * `unknown_id`, or `required` when there is no default.
 *
 * @param field - where the body names the provider
 */
export async function requireKeeper(
  finding: Finding,
  organizationId: string,
  providerId: string | null | undefined,
  field = 'providerId',
): Promise<Keeper> {
  if (typeof providerId === 'string') {
    const named = await findProvider(finding, organizationId, providerId)
    if (named) return named
    throw unknownId(field, 'secret provider')
  }
  const byDefault = await defaultKeeper(finding, organizationId)
  if (byDefault) return byDefault
  throw invalidField(
    field,
    'required',
    'Name the provider that is to keep it: neither this organization nor the deployment has a default store.',
  )
}

/**
 * Where the new values of an organization go; undefined: here. Custody never changes silently, so when
 * the store that was asked for cannot be had, this throws `provider_unavailable`.
 */
export async function defaultKeeper(
  finding: Finding,
  organizationId: string,
): Promise<Keeper | undefined> {
  const { defaultStorage, defaultProviderId } =
    await finding.database.prisma.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { defaultStorage: true, defaultProviderId: true },
    })
  if (defaultStorage === 'local') return undefined
  if (defaultStorage === 'managed' && defaultProviderId !== null) {
    const keeper = await findProvider(finding, organizationId, defaultProviderId)
    if (keeper) return keeper
    throw cannotBeHad('The provider that keeps new values of this organization was deleted.')
  }
  const { defaultStore } = finding
  if (defaultStore) return deploymentKeeper(finding, defaultStore.type, defaultStore.config)
  if (defaultStorage === null) return undefined
  throw cannotBeHad(
    "New values of this organization are kept in the deployment's own store, and the API runs without one (AGYN_SECRETS_MANAGER).",
  )
}

/** Where a value is kept already, by its columns. The provider may be deleted: then it cannot be opened. */
export async function keeperAt(
  finding: Finding,
  organizationId: string,
  { providerId, defaultStore }: StoreColumns,
): Promise<Keeper> {
  if (providerId === null) {
    const configured = finding.defaultStore
    const type = (defaultStore ?? configured?.type) as ProviderType
    return deploymentKeeper(finding, type, configured?.type === type ? configured.config : {})
  }
  const keeper = await findProvider(finding, organizationId, providerId, { deleted: true })
  return keeper ?? goneKeeper(providerId)
}

/** The same for who only reads there. */
export async function keptIn(
  { prisma }: Database,
  { providerId, defaultStore }: StoreColumns,
): Promise<KeptIn> {
  if (providerId === null) return { defaultStore }
  const row = await prisma.secretProvider.findUniqueOrThrow({ where: { id: providerId } })
  return { provider: toStoreProvider(row) }
}

/** Whether this keeper has the value of a secret already. */
export const isKeptBy = (
  secret: Pick<Secret, 'storage' | keyof StoreColumns>,
  { columns }: Keeper,
): boolean => secret.storage === 'managed' && isSameStore(secret, columns)

export const isSameStore = (a: StoreColumns, b: StoreColumns): boolean =>
  a.providerId === b.providerId && a.defaultStore === b.defaultStore

/** Refuses a value that is too large for the store, or too small, before anything is sent there. */
export function requireFits(
  { type }: Keeper,
  { value, encoding }: { readonly value: { readonly length: number }; readonly encoding: Encoding },
): void {
  const { largestValue, takesEmpty } = rulesOf(type)
  if (value.length === 0 && !takesEmpty) {
    throw invalidField('value', 'too_small', `A store of type ${type} cannot keep an empty value.`)
  }
  const largest = largestValue[encoding]
  if (value.length <= largest) return
  const bytes = encoding === 'base64' ? ' when they are kept as bytes' : ''
  throw new Invalid([
    {
      path: ['value'],
      code: 'too_big',
      detail: `The value has ${value.length} bytes, and a store of type ${type} takes at most ${largest}${bytes}.`,
    },
  ])
}

async function findProvider(
  finding: Finding,
  organizationId: string,
  id: string,
  { deleted = false } = {},
): Promise<Keeper | undefined> {
  const row = await finding.database.prisma.secretProvider.findFirst({
    where: { id, organizationId, ...(deleted ? {} : { deletedAt: null }) },
  })
  if (!row) return undefined
  const provider = toStoreProvider(row)
  return {
    type: row.type as ProviderType,
    config: provider.config as PlainConfig,
    columns: { providerId: id, defaultStore: null },
    provider: { id, name: row.name },
    open: () => openStore(finding, { provider }),
  }
}

const deploymentKeeper = (finding: Finding, type: ProviderType, config: PlainConfig): Keeper => ({
  type,
  config,
  columns: { providerId: null, defaultStore: type },
  open: () => openStore(finding, { defaultStore: type }),
})

/** Of a provider that was deleted so long ago that even its row is gone: only leftovers still speak of it. */
const goneKeeper = (providerId: string): Keeper => ({
  type: 'vault',
  config: {},
  columns: { providerId, defaultStore: null },
  open: () =>
    Promise.reject(new BackendFailure('provider_deleted', 'The provider was deleted long ago.')),
})

const cannotBeHad = (why: string): Refused =>
  new Refused(
    'provider_unavailable',
    `${why} Nothing was stored anywhere. To keep this value here all the same, send "storage": "local".`,
    { retryAfterSeconds: 60 },
  )
