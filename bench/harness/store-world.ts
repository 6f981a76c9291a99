import {
  providerTypeNames,
  type ProviderType,
} from '../../contract/schemas/provider-types/index.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { BuiltApi } from './built-api.ts'
import type { Workspace } from './figure.ts'
import { jsonPost } from './load.ts'
import { StandIns, type ByType } from './stand-ins.ts'

/** An API on a PostgreSQL that syncs, and a provider of each type at a stand-in of its store. */
export interface StoreWorld {
  readonly api: BuiltApi
  readonly standIns: StandIns
  readonly organizationId: string
  readonly runtimeToken: string
  /** Ids of the providers. */
  readonly providers: ByType<string>
}

export async function openStoreWorld(workspace: Workspace): Promise<StoreWorld> {
  const standIns = workspace.owning(await StandIns.start(), (it) => it.stop())
  const stores = await standIns.send({ put: contents })
  const postgres = workspace.owning(await startPostgres({ fsync: true }), (it) => it.stop())
  const api = workspace.owning(
    await BuiltApi.start({ databaseUrl: postgres.url, outboundAllow: '127.0.0.1' }),
    (it) => it.remove(),
  )
  const { id: organizationId, runtimeToken } = await api.organization()
  const providers = await ofEach(async (type) => {
    const body = { organizationId, name: type, type, config: stores[type].config }
    return (await api.client().call('CreateSecretProvider', { body })).id
  })
  return { api, standIns, organizationId, runtimeToken, providers }
}

/** What an agent refers to: fifty keys. */
export interface References {
  /** They lie at these stores, in turn. */
  readonly at: readonly ProviderType[]
  /** Of one path, or each of another one. */
  readonly paths: 1 | 50
}

/** Makes an agent whose fifty envs are such references, and answers the request that resolves them. */
export async function createAgent(
  { api, organizationId, runtimeToken, providers }: StoreWorld,
  id: string,
  { at, paths }: References,
): Promise<Buffer> {
  const admin = api.client()
  const consumer = { kind: 'agent', id } as const
  const create = async (index: number) => {
    const type = at[index % at.length] ?? 'vault'
    const path = paths === 1 ? together : (names[index] ?? '')
    const secret = {
      ...{ organizationId, name: `${id} ${index}`, providerId: providers[type] },
      remotePath: type === 'vault' ? `secret/data/${path}` : path,
      remoteKey: paths === 1 ? `key-${index}` : 'password',
    }
    const { id: secretId } = await admin.call('CreateSecret', { body: secret })
    const env = { organizationId, consumer, name: `SECRET_${index}`, secretId }
    await admin.call('CreateEnv', { body: env })
  }
  await Promise.all(names.map((_, index) => create(index)))
  return jsonPost(api.url, '/api/resolve/workload', runtimeToken, { consumer })
}

const names = Array.from({ length: 50 }, (_, index) => `service-${index}`)
const together = 'together'

/** What is in each store. */
const contents: Readonly<Record<string, string>> = {
  ...Object.fromEntries(names.map((name) => [name, JSON.stringify({ password: `of ${name}` })])),
  [together]: JSON.stringify(Object.fromEntries(names.map((_, at) => [`key-${at}`, `no. ${at}`]))),
}

async function ofEach<T>(make: (type: ProviderType) => Promise<T>): Promise<ByType<T>> {
  const made = await Promise.all(providerTypeNames.map(async (type) => [type, await make(type)]))
  return Object.fromEntries(made) as ByType<T>
}
