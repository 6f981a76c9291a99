import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBody } from '../api/backends/fake-server.ts'
import { rightToken, send, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'

let vault: FakeVault
let api: ApiProcess
let acme: ApiOrganization
let providerId: string

beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2 } })
  api = await ApiProcess.start({ LOG_LEVEL: 'error' })
  acme = await api.organization('acme')
  const config = { address: vault.address, token: rightToken }
  const body = { name: 'vault', type: 'vault', config } as const
  providerId = (await owner().call('CreateSecretProvider', { body })).id
})
afterAll(async () => {
  await api.remove()
  await vault.close()
})

const owner = () => api.client(acme.owner)
const path = (name: string) => `secret/data/agyn/${name}`

/** The moment of the kill, as the store sees it. */
type Moment =
  | 'before the store has it'
  | 'when the store has it, and has not answered'
  | 'when the store has answered'

const moments: Moment[] = [
  'before the store has it',
  'when the store has it, and has not answered',
  'when the store has answered',
]

/**
 * Kills the API at this moment of the next write to a path, and starts it again. Resolves when nothing
 * is left open: the start has settled what it found.
 */
async function killAt(moment: Moment, at: string, request: () => Promise<unknown>): Promise<void> {
  const reached = new Promise<void>((resolve) => {
    vault.answer(at, (incoming, response) => {
      void dataOf(incoming).then((data) => {
        vault.heal()
        if (moment === 'before the store has it') return resolve()
        const version = vault.put(at, data)
        if (moment === 'when the store has answered')
          send(response, 200, `{"data":{"version":${version}}}`)
        resolve()
      })
    })
  })
  const outcome = request().catch(() => undefined)
  await reached
  await api.kill('SIGKILL')
  await outcome
  await api.start()
  await untilSettled()
}

const dataOf = async (request: IncomingMessage): Promise<string> =>
  JSON.stringify((JSON.parse(await readBody(request)) as { data: object }).data)

/** Asks until the start has settled everything; each answer takes it a little further. */
async function untilSettled(): Promise<void> {
  for (let asked = 0; asked < 500; asked += 1) {
    const { items } = await owner().call('ListSecrets', { query: {} })
    if (!items.some(({ pending }) => pending)) return
  }
  throw new Error('A write is still pending after the start.')
}

const find = async (name: string) =>
  (await owner().call('ListSecrets', { query: { name } })).items[0]

const valueOf = async (secretId: string): Promise<string> =>
  (await api.client(acme.orchestrator).call('ResolveSecret', { body: { secretId } })).value

const inStore = (name: string): unknown => JSON.parse(vault.get(path(name)) ?? 'null')

describe.each(moments)('killed %s', (moment) => {
  const arrived = moment !== 'before the store has it'
  const slug = `m${moments.indexOf(moment)}`

  it('a secret is there with its value, or not at all', async () => {
    const name = `created-${slug}`
    const body = { name, providerId, value: 'v' }
    await killAt(moment, path(name), () => owner().call('CreateSecret', { body }))
    const secret = await find(name)
    if (arrived) {
      expect(secret).toMatchObject({ version: '1', storage: 'managed' })
      expect(inStore(name)).toEqual({ value: 'v' })
      expect(await valueOf(secret?.id ?? '')).toBe('v')
    } else {
      expect(secret).toBeUndefined()
      expect(inStore(name)).toBeNull()
      // Nothing stands in the way of the same request again.
      const again = await owner().call('CreateSecret', { body })
      expect(await valueOf(again.id)).toBe('v')
    }
  })

  it('a secret has its new value, or its old one, and can be given another', async () => {
    const name = `changed-${slug}`
    const { id } = await owner().call('CreateSecret', { body: { name, providerId, value: 'old' } })
    const change = { params: { id }, body: { value: 'new' } }
    await killAt(moment, path(name), () => owner().call('UpdateSecret', change))
    expect(await valueOf(id)).toBe(arrived ? 'new' : 'old')
    expect(inStore(name)).toEqual({ value: arrived ? 'new' : 'old' })
    await owner().call('UpdateSecret', { params: { id }, body: { value: 'newest' } })
    expect(await valueOf(id)).toBe('newest')
  })

  it('a secret on its way to a store is in one place or the other, and resolves', async () => {
    const name = `moved-${slug}`
    const { id } = await owner().call('CreateSecret', { body: { name, value: 'v' } })
    const change = { params: { id }, body: { storage: 'managed', providerId } } as const
    await killAt(moment, path(name), () => owner().call('UpdateSecret', change))
    expect(await valueOf(id)).toBe('v')
    expect((await find(name))?.storage).toBe(arrived ? 'managed' : 'local')
    const again = await owner().call('UpdateSecret', change)
    expect(again.storage).toBe('managed')
    expect(await valueOf(id)).toBe('v')
  })
})

it('a migration that is killed goes on when the API is started', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `many-${at}`)
  const ids: string[] = []
  for (const name of names) {
    ids.push((await owner().call('CreateSecret', { body: { name, value: name } })).id)
  }
  const body = { to: { storage: 'managed', providerId }, secretIds: ids } as const
  await killAt('when the store has it, and has not answered', path('many-5'), () =>
    owner().call('MigrateSecrets', { body }),
  )
  const { items } = await owner().call('ListSecretMigrations', { query: {} })
  const params = { id: items[0]?.id ?? '' }
  let state = await owner().call('GetSecretMigration', { params })
  for (let asked = 0; state.state === 'running' && asked < 500; asked += 1) {
    state = await owner().call('GetSecretMigration', { params })
  }
  expect(state).toMatchObject({ state: 'finished', total: 12, failed: 0, waiting: 0 })
  for (const [at, id] of ids.entries()) {
    expect(await valueOf(id)).toBe(names[at])
    expect(inStore(names[at] ?? '')).toEqual({ value: names[at] })
  }
})
