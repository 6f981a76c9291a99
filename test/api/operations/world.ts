import type { Caller, Organization, TestApi } from '../../support/test-api.ts'
import { startTestApi } from '../../support/test-api.ts'
import { rightToken, startVault, type FakeVault } from '../backends/vault/fake-vault.ts'

/** Two organizations, of which each has one of everything, and a Vault that they read from. */
export interface World {
  readonly api: TestApi
  readonly vault: FakeVault
  readonly acme: Tenant
  readonly globex: Tenant
  close(): Promise<void>
}

export interface Tenant extends Organization {
  readonly providerId: string
  readonly secretId: string
  /** Refers to the secret. */
  readonly envId: string
  readonly tokenId: string
  readonly migrationId: string
  /** A team. */
  readonly scopeId: string
}

export async function startWorld(): Promise<World> {
  const vault = await startVault({ mounts: { secret: 2, kv: 1 }, forbidden: ['secret/data/no'] })
  vault.put('secret/data/app', '{"password":"s3cret"}')
  const api = await startTestApi()
  return {
    api,
    vault,
    acme: await settle(api, vault, 'acme'),
    globex: await settle(api, vault, 'globex'),
    close: async () => {
      await api.close()
      await vault.close()
    },
  }
}

async function settle(api: TestApi, vault: FakeVault, name: string): Promise<Tenant> {
  const organization = await api.organization(name)
  const owner = api.as(organization.owner)
  const made = async (path: string, body: object): Promise<string> =>
    (await owner.post(path, body).expect(201)).body.id
  const providerId = await made('/api/secret-providers', vaultProvider(vault))
  const secretId = await made('/api/secrets', { name: 'stripe-api-key', value: 'sk_live' })
  const consumer = { kind: 'agent', id: 'billing' }
  return {
    ...organization,
    providerId,
    secretId,
    envId: await made('/api/envs', { consumer, name: 'STRIPE_API_KEY', secretId }),
    scopeId: await made('/api/scopes', { kind: 'team', name: 'payments' }),
    migrationId: await migrated(owner),
    tokenId: await made('/api/api-tokens', { name: 'spare', role: 'member' }),
  }
}

/** A migration that has moved nothing. */
async function migrated(owner: Caller): Promise<string> {
  const body = { to: { storage: 'local' }, dryRun: true }
  return (await owner.post('/api/secrets/migrate', body).expect(200)).body.id
}

/** A body that registers the fake Vault. */
export const vaultProvider = ({ address }: FakeVault, name = 'vault', config: object = {}) => ({
  name,
  type: 'vault',
  config: { address, token: rightToken, ...config },
})

let count = 0
/** A name that nothing else in this file has. */
export const freshName = (): string => `thing-${++count}`

/** An id that nothing has. */
export const noSuchId = '0198c0de-0000-7000-8000-000000000000'
