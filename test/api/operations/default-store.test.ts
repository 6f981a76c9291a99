import { afterEach, expect, it } from 'vitest'
import { SecretValue } from '../../../api/keyring/secret-value.ts'
import {
  startTestApi,
  type Caller,
  type Organization,
  type TestApi,
} from '../../support/test-api.ts'
import { rightToken, startVault, type FakeVault } from '../backends/vault/fake-vault.ts'
import { vaultProvider } from './world.ts'

let api: TestApi
let vault: FakeVault
afterEach(async () => {
  await api.close()
  await vault.close()
})

/** The API with a Vault as the deployment's store, or without one. */
async function start({
  store,
}: {
  store: boolean
}): Promise<{ acme: Organization; owner: Caller }> {
  vault = await startVault({ mounts: { secret: 2 } })
  const token = SecretValue.fromText(rightToken)
  const config = { address: vault.address, authMethod: 'token', token } as const
  api = await startTestApi(store ? { defaultStore: { type: 'vault', config } } : {})
  const acme = await api.organization('acme')
  return { acme, owner: api.as(acme.owner) }
}

const resolve = ({ orchestrator }: Organization, secretId: string) =>
  api.as(orchestrator).post('/api/resolve/secret', { secretId })

it('keeps new values, below the organization’s id, and has no provider', async () => {
  const { acme, owner } = await start({ store: true })
  const { body } = await owner.post('/api/secrets', { name: 'token', value: 'v' }).expect(201)
  expect(body).toMatchObject({
    storage: 'managed',
    remotePath: `secret/data/agyn/${acme.id}/token`,
  })
  expect(body.providerId).toBeUndefined()
  expect((await resolve(acme, body.id).expect(200)).body.value).toBe('v')
  expect(JSON.parse(vault.get(body.remotePath) ?? '')).toEqual({ value: 'v' })
  const { body: organization } = await owner.get(`/api/organizations/${acme.id}`).expect(200)
  expect(organization.defaultStorage).toBe('managed')
})

it('is overridden by a secret, and by an organization', async () => {
  const { acme, owner } = await start({ store: true })
  const local = { name: 'local', value: 'v', storage: 'local' }
  expect((await owner.post('/api/secrets', local).expect(201)).body.storage).toBe('local')
  const change = { defaultStorage: 'local' }
  await api.as().patch(`/api/organizations/${acme.id}`, change).expect(200)
  const other = { name: 'other', value: 'v' }
  expect((await owner.post('/api/secrets', other).expect(201)).body.storage).toBe('local')
})

it('can be a provider of the organization', async () => {
  const { acme, owner } = await start({ store: false })
  const provider = await owner.post('/api/secret-providers', vaultProvider(vault)).expect(201)
  const change = { defaultProviderId: provider.body.id }
  await api.as().patch(`/api/organizations/${acme.id}`, change).expect(200)
  const { body } = await owner.post('/api/secrets', { name: 'a', value: 'v' }).expect(201)
  expect(body).toMatchObject({ storage: 'managed', providerId: provider.body.id })

  // Gone, it is not replaced by another place.
  const gone = `/api/secret-providers/${provider.body.id}?force=true`
  await owner.delete(gone).expect(204)
  const refused = await owner.post('/api/secrets', { name: 'b', value: 'v' }).expect(503)
  expect(refused.body.code).toBe('provider_unavailable')
  expect((await owner.get('/api/secrets?name=b')).body.items).toEqual([])
})

it('refuses values while it cannot be had, and keeps nothing here instead', async () => {
  const { owner } = await start({ store: true })
  vault.answer('secret/data', (_, response) => response.writeHead(503).end('{"errors":["down"]}'))
  const body = { name: 'a', value: 'canary-value' }
  const refused = await owner.post('/api/secrets', body).expect(503)
  expect(refused.headers['retry-after']).toBeDefined()
  expect(JSON.stringify(refused.body)).not.toContain('canary-value')
  const versions = await api.database.prisma.secretVersion.findMany()
  expect(versions.filter(({ value }) => value !== null)).toEqual([])
})

it('is needed for what it keeps: without it that does not resolve, and says why', async () => {
  const { acme, owner } = await start({ store: false })
  const { body } = await owner.post('/api/secrets', { name: 'a', value: 'v' }).expect(201)
  await api.database.prisma.secret.update({
    where: { id: body.id },
    data: { storage: 'managed', defaultStore: 'vault', remotePath: 'secret/data/agyn/a' },
  })
  const refused = await resolve(acme, body.id).expect(503)
  expect(refused.body.errors).toMatchObject([{ code: 'unreachable' }])
  expect(refused.body.errors[0].detail).toContain('AGYN_SECRETS_MANAGER')
})

it('is not gone behind by an import', async () => {
  const { owner } = await start({ store: true })
  const items = [{ name: 'a', value: 'v' }]
  const refused = await owner.post('/api/secrets/import', { items }).expect(422)
  expect(refused.body.errors).toMatchObject([{ pointer: '#/storage', code: 'required' }])
  await owner.post('/api/secrets/import', { items, storage: 'local' }).expect(200)
})
