import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  startTestApi,
  type Caller,
  type Organization,
  type TestApi,
} from '../../support/test-api.ts'
import { startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { vaultProvider } from './world.ts'

let api: TestApi
let vault: FakeVault
let acme: Organization
let owner: Caller
let providerId: string
let tests = 0

beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2 } })
  api = await startTestApi()
})
beforeEach(async () => {
  tests += 1
  vault.heal()
  acme = await api.organization(`acme-${tests}`)
  owner = api.as(acme.owner)
  const body = vaultProvider(vault, 'vault', { pathPrefix: `secret/data/test-${tests}` })
  providerId = (await owner.post('/api/secret-providers', body).expect(201)).body.id
})
afterAll(async () => {
  await api.close()
  await vault.close()
})

const at = (name: string) => `secret/data/test-${tests}/${name}`

const create = async (name: string): Promise<string> =>
  (await owner.post('/api/secrets', { name, value: `value of ${name}` }).expect(201)).body.id

const valueOf = async (secretId: string): Promise<string> =>
  (await api.as(acme.orchestrator).post('/api/resolve/secret', { secretId }).expect(200)).body.value

const storagesOf = async (): Promise<string[]> =>
  (await owner.get('/api/secrets').expect(200)).body.items.map(
    ({ storage }: { storage: string }) => storage,
  )

it('moves every local secret to a store, and all of them back', async () => {
  const names = Array.from({ length: 25 }, (_, at) => `s${at}`)
  const ids = []
  for (const name of names) ids.push(await create(name))
  const to = { storage: 'managed', providerId }
  const there = await owner.post('/api/secrets/migrate', { to }).expect(200)
  const finished = await finish(there.body.id)
  expect(finished).toMatchObject({ total: 25, moved: 25, failed: 0, waiting: 0, to })
  expect(JSON.parse(vault.get(at('s7')) ?? '')).toEqual({ value: 'value of s7' })
  expect(await valueOf(ids[7] ?? '')).toBe('value of s7')

  const back = await owner.post('/api/secrets/migrate', { to: { storage: 'local' } }).expect(200)
  expect(await finish(back.body.id)).toMatchObject({ moved: 25, failed: 0 })
  expect(new Set(await storagesOf())).toEqual(new Set(['local']))
  expect(await valueOf(ids[24] ?? '')).toBe('value of s24')
})

it('moves nothing in a dry run, and says what would fail', async () => {
  await create('fine')
  const remote = { name: 'gone', providerId, remotePath: 'secret/data/nothing/here' }
  const { body: gone } = await owner.post('/api/secrets', remote).expect(201)
  const to = { storage: 'managed', providerId }
  const secretIds = (await owner.get('/api/secrets')).body.items.map(({ id }: { id: string }) => id)
  const { body } = await owner.post('/api/secrets/migrate', { to, secretIds, dryRun: true })
  expect(await finish(body.id)).toMatchObject({ dryRun: true, moved: 1, failed: 1 })
  const { body: failed } = await owner.get(`/api/secrets/migrations/${body.id}/items?state=failed`)
  expect(failed.items).toMatchObject([{ secretId: gone.id, name: 'gone', code: 'path_missing' }])
  expect((await storagesOf()).sort()).toEqual(['local', 'remote'])
  expect(vault.get(at('fine'))).toBeNull()
})

it('reports each failure with its reason, leaves that secret where it is, and tries it again', async () => {
  const [bad, good] = [await create('bad'), await create('good')]
  vault.put(at('bad'), '{"value":"somebody else’s"}')
  const { body } = await owner.post('/api/secrets/migrate', {
    to: { storage: 'managed', providerId },
  })
  const first = await finish(body.id)
  expect(first).toMatchObject({ moved: 1, failed: 1 })
  expect(first.failures).toMatchObject([{ secretId: bad, code: 'path_taken' }])
  expect(await valueOf(bad)).toBe('value of bad')
  expect(await valueOf(good)).toBe('value of good')

  await owner.patch(`/api/secrets/${bad}`, { name: 'better' }).expect(200)
  await owner.post(`/api/secrets/migrations/${body.id}/continue`).expect(200)
  expect(await finish(body.id)).toMatchObject({ moved: 2, failed: 0, failures: [] })
})

it('takes only those that are meant', async () => {
  const team = (await owner.post('/api/scopes', { kind: 'team', name: 'payments' })).body.id
  const inTeam = { name: 'in-team', scopeId: team, value: 'v' }
  await owner.post('/api/secrets', inTeam).expect(201)
  await create('at-root')
  const to = { storage: 'managed', providerId }
  const { body } = await owner.post('/api/secrets/migrate', { to, from: { scopeId: team } })
  expect(await finish(body.id)).toMatchObject({ total: 1, moved: 1 })
  // What is there already is passed over.
  const again = await owner.post('/api/secrets/migrate', { to })
  expect(await finish(again.body.id)).toMatchObject({ total: 2, moved: 1, skipped: 1 })
})

it('stops when it is told to, and goes on', async () => {
  for (let number = 0; number < 60; number += 1) await create(`s${number}`)
  const holding = holdWrites()
  const answer = owner
    .post('/api/secrets/migrate', { to: { storage: 'managed', providerId } })
    .then(({ body }) => body.id as string)
  await holding.arrived
  const { body: list } = await owner.get('/api/secrets/migrations').expect(200)
  const { id } = list.items[0]
  const stopped = await owner.post(`/api/secrets/migrations/${id}/stop`).expect(200)
  expect(stopped.body.state).toBe('stopped')
  holding.release()
  expect(await answer).toBe(id)
  const { body: after } = await owner.get(`/api/secrets/migrations/${id}`).expect(200)
  expect(after.state).toBe('stopped')
  expect(after.waiting).toBeGreaterThan(0)
  expect(after.failed).toBe(0)
  await owner.post(`/api/secrets/migrations/${id}/continue`).expect(200)
  expect(await finish(id)).toMatchObject({ state: 'finished', moved: 60, waiting: 0 })
})

it('is refused to nowhere, and to whom it does not belong', async () => {
  const nowhere = { to: { storage: 'managed' } }
  const missing = await owner.post('/api/secrets/migrate', nowhere).expect(422)
  expect(missing.body.errors).toMatchObject([{ pointer: '#/to/providerId', code: 'required' }])
  const to = { storage: 'local', providerId }
  const conflict = await owner.post('/api/secrets/migrate', { to }).expect(422)
  expect(conflict.body.errors).toMatchObject([{ pointer: '#/to/providerId' }])
  const member = api.as(acme.member)
  await member.post('/api/secrets/migrate', { to: { storage: 'local' } }).expect(403)
})

/** Asks until a migration is over. */
async function finish(id: string) {
  for (;;) {
    const { body } = await owner.get(`/api/secrets/migrations/${id}`).expect(200)
    if (body.state !== 'running') return body
  }
}

/** Holds every write up until they are released; then all go on as always. */
function holdWrites() {
  let arrive = () => {}
  let release = () => {}
  const arrived = new Promise<void>((resolve) => void (arrive = resolve))
  const released = new Promise<void>((resolve) => void (release = resolve))
  vault.answer(`secret/data/test-${tests}/`, (request, response) => {
    arrive()
    void released.then(async () => {
      vault.heal()
      // As if it had only come now.
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const answer = await fetch(`${vault.address}${request.url ?? ''}`, {
        method: request.method ?? 'GET',
        headers: { 'x-vault-token': String(request.headers['x-vault-token']) },
        ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      })
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(await answer.text())
    })
  })
  return { arrived, release: () => release() }
}
