import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, Input } from '../contract/schemas/index.ts'
import type { DevServer } from '../scripts/openbao.ts'
import { startPostgres } from '../scripts/postgres.ts'
import { BuiltApi, type BuiltApiOptions } from './harness/built-api.ts'
import { timed, type Bench, type Figure } from './harness/figure.ts'
import { startVault } from './harness/vault-binary.ts'

const count = 200

/** MigrateSecrets of local secrets to an OpenBao and back, once, on either database; and on PGlite, killed in the middle. */
export const migrate: Bench = async (workspace) => {
  const vault = await startVault(workspace)
  const outboundAllow = new URL(vault.address).host
  const postgres = workspace.owning(await startPostgres({ fsync: true }), (it) => it.stop())
  const start = async (options: BuiltApiOptions) =>
    workspace.owning(await BuiltApi.start({ ...options, outboundAllow }), (it) => it.remove())
  const embedded = await openWorld(await start({}), vault, 'embedded')
  const served = await openWorld(await start({ databaseUrl: postgres.url }), vault, 'served')
  return [
    ...(await thereAndBack('PGlite', embedded)),
    ...(await thereAndBack('PostgreSQL', served)),
    ...(await killInTheMiddle(embedded)),
  ]
}

interface World {
  readonly api: BuiltApi
  readonly vault: DevServer
  readonly organization: { readonly id: string; readonly runtimeToken: string }
  readonly toVault: Destination
  /** Below which OpenBao keeps what comes from this one. */
  readonly folder: string
}

type Destination = Input<'MigrateSecrets'>['body']['to']

async function openWorld(api: BuiltApi, vault: DevServer, folder: string): Promise<World> {
  const organization = await api.organization()
  const { address, token } = vault
  const config = { address, token, pathPrefix: `secret/data/${folder}` }
  const { id: providerId } = await api.client().call('CreateSecretProvider', {
    body: { organizationId: organization.id, name: 'vault', type: 'vault', config },
  })
  return { api, vault, organization, folder, toVault: { storage: 'managed', providerId } }
}

/** Once, and nothing warmed up: so it is when one moves. */
async function thereAndBack(database: string, world: World): Promise<Figure[]> {
  const secretIds = await importSecrets(world, 'secret')
  const move = async (to: Destination) => finished(world, (await begin(world, secretIds, to)).id)
  const thereMs = await timed(() => move(world.toVault))
  const backMs = await timed(() => move({ storage: 'local' }))
  const perSecond = (ms: number) => (count / ms) * 1000
  return [
    { what: `local to OpenBao on ${database}`, value: perSecond(thereMs), unit: 'per second' },
    { what: `OpenBao to local on ${database}`, value: perSecond(backMs), unit: 'per second' },
  ]
}

/** Kills the API when a third of the secrets has been moved, and looks at both sides when the next one has moved the rest. */
async function killInTheMiddle(world: World): Promise<Figure[]> {
  const { api, organization, toVault } = world
  const secretIds = await importSecrets(world, 'killed')
  const answer = begin(world, secretIds, toVault).catch(() => undefined)
  const before = await until(async () => {
    const query = { organizationId: organization.id, limit: 1 }
    const [last] = (await api.client().call('ListSecretMigrations', { query })).items
    return last?.state === 'running' && last.moved > count / 3 && last
  })
  await api.stop('SIGKILL')
  await answer
  let listening = 0
  const goneOn = await timed(async () => {
    listening = await timed(() => api.start())
    // Those that were under way do not count: the killed one may have moved them.
    await until(async () => (await look(world, before.id)).moved > before.moved + atOnce)
  })
  await finished(world, before.id)
  return [
    { what: 'killed: from the next start to listening', value: listening / 1000, unit: 's' },
    { what: 'killed: from the next start to going on', value: goneOn / 1000, unit: 's' },
    ...(await lostAndDoubled(world)),
  ]
}

/** So many a migration has under way at a time. */
const atOnce = 4

async function lostAndDoubled({ api, vault, organization, folder }: World): Promise<Figure[]> {
  const { rootScopeId: scopeId } = await api
    .client()
    .call('GetOrganization', { params: { id: organization.id } })
  const { env } = await api.client(organization.runtimeToken).call('ResolveBrief', {
    body: { scopeId, secretRefs: names('killed') },
  })
  const kept = new Set(env.map(({ value }) => value))
  const lost = names('killed').filter((name) => !kept.has(valueOf(name)))
  const metadata = `secret/metadata/${folder}`
  const { keys } = await askVault(vault, `${metadata}?list=true`)
  const copies = (keys as string[]).filter((key) => key.startsWith('killed-'))
  let versions = 0
  for (const key of copies) {
    versions += Number((await askVault(vault, `${metadata}/${key}`))['current_version'])
  }
  return [
    { what: 'killed: lost', value: lost.length, unit: 'secrets', promise: { atMost: 0 } },
    {
      what: 'killed: written twice',
      value: versions - count,
      unit: 'secrets',
      promise: { atMost: 0 },
    },
  ]
}

async function importSecrets({ api, organization }: World, kind: string): Promise<string[]> {
  const items = names(kind).map((name) => ({ name, value: valueOf(name) }))
  const body = { organizationId: organization.id, items }
  const imported = await api.client().call('ImportSecrets', { body })
  return imported.items.map(({ secretId = '' }) => secretId)
}

const names = (kind: string) => Array.from({ length: count }, (_, index) => `${kind}-${index}`)
const valueOf = (name: string) => `not-a-real-one-of-${name}`

const begin = ({ api, organization }: World, secretIds: string[], to: Destination) =>
  api.client().call('MigrateSecrets', { body: { organizationId: organization.id, to, secretIds } })

const look = ({ api }: World, id: string) =>
  api.client().call('GetSecretMigration', { params: { id } })

async function finished(world: World, id: string): Promise<void> {
  const { moved, skipped, failures } = await until(async () => {
    const migration: Answer<'GetSecretMigration'> = await look(world, id)
    return migration.state === 'finished' && migration
  })
  // What the killed process had moved and not counted, the next one finds there and skips.
  const there = moved + skipped
  if (there !== count) throw new Error(`${there} were moved: ${failures[0]?.detail}`)
}

async function until<T>(ask: () => Promise<T | false | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    await delay(100) // more often would be work for the API that is measured
  }
}

async function askVault(
  { address, token }: DevServer,
  path: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${address}/v1/${path}`, { headers: { 'x-vault-token': token } })
  if (!response.ok) throw new Error(`OpenBao answered ${response.status} to ${path}.`)
  return ((await response.json()) as { data: Record<string, unknown> }).data
}
