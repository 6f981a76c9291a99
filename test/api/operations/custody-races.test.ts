import { afterEach, beforeEach, expect, it } from 'vitest'
import { SecretValue } from '../../../api/keyring/secret-value.ts'
import {
  startTestApi,
  type Caller,
  type Organization,
  type TestApi,
} from '../../support/test-api.ts'
import { readBody } from '../backends/fake-server.ts'
import { rightToken, send, startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { vaultProvider } from './world.ts'

let api: TestApi
let vault: FakeVault
let acme: Organization
let owner: Caller

beforeEach(async () => {
  vault = await startVault({ mounts: { secret: 2, kv: 1 } })
  const token = SecretValue.fromText(rightToken)
  const config = { address: vault.address, authMethod: 'token', token } as const
  api = await startTestApi({ defaultStore: { type: 'vault', config } })
  acme = await api.organization('acme')
  owner = api.as(acme.owner)
})
afterEach(async () => {
  await api.close()
  await vault.close()
})

const provider = async (config: object = {}): Promise<string> => {
  const body = vaultProvider(vault, 'vault', config)
  return (await owner.post('/api/secret-providers', body).expect(201)).body.id
}

const create = async (body: object) => (await owner.post('/api/secrets', body).expect(201)).body

const resolve = (secretId: string) =>
  api.as(acme.orchestrator).post('/api/resolve/secret', { secretId })

/** Holds the next request of a method to a path up; `then` says what the store does with it. */
function hold(path: string, method: string, then: (body: string) => void) {
  let arrive = () => {}
  let release = () => {}
  const arrived = new Promise<void>((resolve) => void (arrive = resolve))
  const released = new Promise<void>((resolve) => void (release = resolve))
  vault.answer(path, (request, response) => {
    if (request.method !== method) return send(response, 404, '{"errors":[]}')
    void readBody(request).then(async (body) => {
      arrive()
      await released
      vault.heal()
      then(body)
      send(response, 200, '{"data":{"version":1}}')
    })
  })
  return { arrived, release: () => release() }
}

it('reads one path as a managed and as a remote secret for what each of them is', async () => {
  const providerId = await provider({ kvVersion: 1, mount: 'kv' })
  const managed = await create({ name: 'm', providerId, value: 'plain' })
  const remote = await create({
    name: 'r',
    providerId,
    remotePath: managed.remotePath,
    remoteKey: 'value',
  })
  const whole = await create({ name: 'w', providerId, remotePath: managed.remotePath })
  const consumer = { kind: 'agent', id: 'x' }
  for (const [name, { id: secretId }] of Object.entries({ A: remote, B: managed, C: whole })) {
    await owner.post('/api/envs', { consumer, name, secretId }).expect(201)
  }
  const { body } = await api.as(acme.orchestrator).post('/api/resolve/workload', { consumer })
  expect(body.env).toMatchObject(['A', 'B', 'C'].map((name) => ({ name, value: 'plain' })))
})

it('moves to what the default is now, and says so only when it has', async () => {
  const secret = await create({ name: 'a', value: 'v' })
  const providerId = await provider({ pathPrefix: 'secret/data/own' })
  const change = { defaultProviderId: providerId }
  await api.as().patch(`/api/organizations/${acme.id}`, change).expect(200)
  const { body } = await owner.post('/api/secrets/migrate', { to: { storage: 'managed' } })
  expect(body).toMatchObject({ moved: 1, failed: 0 })
  expect((await owner.get(`/api/secrets/${secret.id}`)).body).toMatchObject({
    providerId,
    remotePath: 'secret/data/own/a',
  })
  expect((await resolve(secret.id).expect(200)).body.value).toBe('v')
})

it('keeps a provider while a value is on its way there', async () => {
  const providerId = await provider()
  const secret = await create({ name: 'z', value: 'v', storage: 'local' })
  const held = hold('secret/data/agyn/z', 'POST', (body) => {
    vault.put('secret/data/agyn/z', JSON.stringify((JSON.parse(body) as { data: object }).data))
  })
  const change = { storage: 'managed', providerId }
  const moving = owner.patch(`/api/secrets/${secret.id}`, change).then((answer) => answer)
  await held.arrived
  const refused = await owner.delete(`/api/secret-providers/${providerId}`)
  expect([refused.status, refused.body.code]).toEqual([409, 'in_use'])
  held.release()
  expect((await moving).body.storage).toBe('managed')
  expect((await resolve(secret.id).expect(200)).body.value).toBe('v')
})

it('brings nothing back while it is being taken away', async () => {
  const providerId = await provider()
  const secret = await create({ name: 'd', providerId, value: 'v' })
  let arrive = () => {}
  let release = () => {}
  const arrived = new Promise<void>((resolve) => void (arrive = resolve))
  const released = new Promise<void>((resolve) => void (release = resolve))
  // The first thing that the removal asks for.
  vault.answer('secret/', (_, response) => {
    arrive()
    void released.then(() => {
      vault.heal()
      send(response, 503, '{"errors":["try again"]}')
    })
  })
  const deleting = owner.delete(`/api/secrets/${secret.id}`).then((answer) => answer)
  await arrived
  const early = await owner.post(`/api/secrets/${secret.id}/restore`)
  expect([early.status, early.body.code]).toEqual([409, 'request_in_progress'])
  release()
  expect((await deleting).status).toBe(204)
  expect(vault.get('secret/data/agyn/d')).toBeNull()
  await owner.post(`/api/secrets/${secret.id}/restore`).expect(200)
  expect((await resolve(secret.id).expect(200)).body.value).toBe('v')
})

it('moves to and fro as often as it likes', async () => {
  const providerId = await provider()
  const { id } = await create({ name: 'to-fro', value: 'v', storage: 'local' })
  for (let round = 1; round <= 3; round += 1) {
    await owner.patch(`/api/secrets/${id}`, { storage: 'managed', providerId }).expect(200)
    await owner.patch(`/api/secrets/${id}`, { storage: 'local' }).expect(200)
  }
  expect((await resolve(id).expect(200)).body.value).toBe('v')
})

it('takes what has moved away out of the store before its provider goes', async () => {
  const providerId = await provider()
  const { id, remotePath } = await create({ name: 'left', providerId, value: 'v' })
  await owner.patch(`/api/secrets/${id}`, { storage: 'local' }).expect(200)
  expect(vault.get(remotePath)).not.toBeNull()
  vault.answer('secret/', (_, response) => send(response, 403, '{"errors":["permission denied"]}'))
  const refused = await owner.delete(`/api/secret-providers/${providerId}`).expect(409)
  expect(refused.body).toMatchObject({ code: 'in_use', count: 1, references: [{ kind: 'copy' }] })
  vault.heal()
  await owner.delete(`/api/secret-providers/${providerId}`).expect(204)
  expect(vault.get(remotePath)).toBeNull()
})
