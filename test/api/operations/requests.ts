import type { OperationId } from '../../../contract/routes.ts'
import { freshName, vaultProvider, type World } from './world.ts'

export interface Request {
  readonly path: string
  readonly body?: object
}

interface Sample {
  /** A request that succeeds for whoever may make it, on things of the first organization. Makes anew what it will delete. */
  make(world: World): Promise<Request> | Request
  /** Its body names the first organization. */
  readonly namesOrganization?: true
}

const consumer = { kind: 'agent', id: 'billing' }

async function made(world: World, path: string, body: object): Promise<string> {
  const named = path === '/api/organizations' ? body : { organizationId: world.acme.id, ...body }
  return (await world.api.as().post(path, named).expect(201)).body.id
}

async function deletedSecret(world: World): Promise<string> {
  const id = await made(world, '/api/secrets', { name: freshName(), value: 'v' })
  await world.api.as().delete(`/api/secrets/${id}`).expect(204)
  return id
}

/** Of nothing: where its secrets are to go, they are already. */
async function migration({ api, acme }: World): Promise<string> {
  const body = { organizationId: acme.id, to: { storage: 'local' }, dryRun: true }
  return (await api.as().post('/api/secrets/migrate', body).expect(200)).body.id
}

/** A request for each operation of the table. */
export const requests: Readonly<Record<OperationId, Sample>> = {
  WhoAmI: { make: () => ({ path: '/api/whoami' }) },

  CreateOrganization: {
    make: () => ({ path: '/api/organizations', body: { name: freshName() } }),
  },
  ListOrganizations: { make: () => ({ path: '/api/organizations' }) },
  GetOrganization: { make: ({ acme }) => ({ path: `/api/organizations/${acme.id}` }) },
  UpdateOrganization: {
    make: ({ acme }) => ({ path: `/api/organizations/${acme.id}`, body: { name: freshName() } }),
  },
  DeleteOrganization: {
    make: async (world) => {
      const id = await made(world, '/api/organizations', { name: freshName() })
      return { path: `/api/organizations/${id}` }
    },
  },

  CreateScope: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/scopes',
      body: { organizationId: acme.id, kind: 'team', name: freshName() },
    }),
  },
  ListScopes: { make: () => ({ path: '/api/scopes' }) },
  GetScope: { make: ({ acme }) => ({ path: `/api/scopes/${acme.scopeId}` }) },
  UpdateScope: {
    make: ({ acme }) => ({ path: `/api/scopes/${acme.scopeId}`, body: { name: freshName() } }),
  },
  DeleteScope: {
    make: async (world) => {
      const id = await made(world, '/api/scopes', { kind: 'team', name: freshName() })
      return { path: `/api/scopes/${id}` }
    },
  },
  ExplainScope: {
    make: ({ acme }) => ({ path: `/api/scopes/${acme.scopeId}/effective-secrets` }),
  },

  CreateApiToken: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/api-tokens',
      body: { organizationId: acme.id, name: freshName(), role: 'member' },
    }),
  },
  ListApiTokens: { make: () => ({ path: '/api/api-tokens' }) },
  GetApiToken: { make: ({ acme }) => ({ path: `/api/api-tokens/${acme.tokenId}` }) },
  UpdateApiToken: {
    make: ({ acme }) => ({ path: `/api/api-tokens/${acme.tokenId}`, body: { name: freshName() } }),
  },
  RevokeApiToken: {
    make: async (world) => {
      const id = await made(world, '/api/api-tokens', { name: freshName(), role: 'member' })
      return { path: `/api/api-tokens/${id}` }
    },
  },

  ListDue: { make: () => ({ path: '/api/due' }) },

  ListSecretProviderTypes: { make: () => ({ path: '/api/secret-providers/types' }) },
  TestNewSecretProvider: {
    namesOrganization: true,
    make: ({ acme, vault }) => ({
      path: '/api/secret-providers/test',
      body: { ...vaultProvider(vault), organizationId: acme.id },
    }),
  },
  CreateSecretProvider: {
    namesOrganization: true,
    make: ({ acme, vault }) => ({
      path: '/api/secret-providers',
      body: { ...vaultProvider(vault, freshName()), organizationId: acme.id },
    }),
  },
  ListSecretProviders: { make: () => ({ path: '/api/secret-providers' }) },
  GetSecretProvider: {
    make: ({ acme }) => ({ path: `/api/secret-providers/${acme.providerId}` }),
  },
  UpdateSecretProvider: {
    make: ({ acme }) => ({
      path: `/api/secret-providers/${acme.providerId}`,
      body: { description: freshName() },
    }),
  },
  DeleteSecretProvider: {
    make: async (world) => {
      const body = vaultProvider(world.vault, freshName())
      return { path: `/api/secret-providers/${await made(world, '/api/secret-providers', body)}` }
    },
  },
  TestSecretProvider: {
    make: ({ acme }) => ({ path: `/api/secret-providers/${acme.providerId}/test` }),
  },
  BrowseSecretProvider: {
    make: async (world) => {
      const body = { ...vaultProvider(world.vault, freshName()), allowBrowse: true }
      const id = await made(world, '/api/secret-providers', body)
      return { path: `/api/secret-providers/${id}/paths?prefix=secret` }
    },
  },
  ListSecretProviderReferences: {
    make: ({ acme }) => ({ path: `/api/secret-providers/${acme.providerId}/references` }),
  },

  CreateSecret: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/secrets',
      body: { organizationId: acme.id, name: freshName(), value: 'v' },
    }),
  },
  ListSecrets: { make: () => ({ path: '/api/secrets' }) },
  GetSecret: { make: ({ acme }) => ({ path: `/api/secrets/${acme.secretId}` }) },
  UpdateSecret: {
    make: ({ acme }) => ({
      path: `/api/secrets/${acme.secretId}`,
      body: { description: freshName() },
    }),
  },
  DeleteSecret: {
    make: async (world) => {
      const id = await made(world, '/api/secrets', { name: freshName(), value: 'v' })
      return { path: `/api/secrets/${id}` }
    },
  },
  ReplaceSecretReferences: {
    make: async (world) => {
      const id = await made(world, '/api/secrets', { name: freshName(), value: 'v' })
      const body = { secretId: world.acme.secretId }
      return { path: `/api/secrets/${id}/replace-references`, body }
    },
  },
  ImportSecrets: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/secrets/import',
      body: { organizationId: acme.id, items: [{ name: freshName(), value: 'v' }] },
    }),
  },
  RestoreSecret: {
    make: async (world) => ({ path: `/api/secrets/${await deletedSecret(world)}/restore` }),
  },
  PurgeSecret: {
    make: async (world) => ({ path: `/api/secrets/${await deletedSecret(world)}/purge` }),
  },
  MigrateSecrets: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/secrets/migrate',
      body: { organizationId: acme.id, to: { storage: 'local' }, dryRun: true },
    }),
  },
  ListSecretMigrations: { make: () => ({ path: '/api/secrets/migrations' }) },
  GetSecretMigration: {
    make: async (world) => ({ path: `/api/secrets/migrations/${await migration(world)}` }),
  },
  ListSecretMigrationItems: {
    make: async (world) => ({ path: `/api/secrets/migrations/${await migration(world)}/items` }),
  },
  StopSecretMigration: {
    make: async (world) => ({ path: `/api/secrets/migrations/${await migration(world)}/stop` }),
  },
  ContinueSecretMigration: {
    make: async (world) => ({ path: `/api/secrets/migrations/${await migration(world)}/continue` }),
  },
  ListSecretVersions: {
    make: ({ acme }) => ({ path: `/api/secrets/${acme.secretId}/versions` }),
  },
  RestoreSecretVersion: {
    make: ({ acme }) => ({ path: `/api/secrets/${acme.secretId}/versions/1/restore` }),
  },
  ListSecretDeliveries: {
    make: ({ acme }) => ({ path: `/api/secrets/${acme.secretId}/deliveries` }),
  },
  ListSecretReferences: {
    make: ({ acme }) => ({ path: `/api/secrets/${acme.secretId}/references` }),
  },

  CreateEnv: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/envs',
      body: {
        organizationId: acme.id,
        consumer: { ...consumer, id: freshName() },
        name: 'A',
        secretId: acme.secretId,
      },
    }),
  },
  ListEnvs: { make: () => ({ path: '/api/envs' }) },
  GetEnv: { make: ({ acme }) => ({ path: `/api/envs/${acme.envId}` }) },
  UpdateEnv: {
    make: ({ acme }) => ({
      path: `/api/envs/${acme.envId}`,
      body: { secretId: acme.secretId },
    }),
  },
  DeleteEnv: {
    make: async (world) => {
      const body = { consumer: { ...consumer, id: freshName() }, name: 'A', value: 'v' }
      return { path: `/api/envs/${await made(world, '/api/envs', body)}` }
    },
  },

  ResolveSecret: {
    namesOrganization: true,
    make: async (world) => {
      const secretId = await made(world, '/api/secrets', { name: freshName(), value: 'v' })
      const model = { kind: 'llm_provider', id: freshName() }
      await made(world, '/api/envs', { consumer: model, name: 'A', secretId })
      const body = { organizationId: world.acme.id, secretId }
      return { path: '/api/resolve/secret', body }
    },
  },
  ResolveWorkload: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/resolve/workload',
      body: { organizationId: acme.id, consumer },
    }),
  },
  ResolveBrief: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/resolve/brief',
      body: { organizationId: acme.id, scopeId: acme.scopeId, secretRefs: ['stripe-api-key'] },
    }),
  },
  PreflightWorkload: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/preflight/workload',
      body: { organizationId: acme.id, consumer },
    }),
  },
  PreflightBrief: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/preflight/brief',
      body: { organizationId: acme.id, scopeId: acme.scopeId, secretRefs: ['stripe-api-key'] },
    }),
  },
  EndWorkload: {
    make: async ({ api, acme }) => {
      const workloadId = freshName()
      const body = { consumer, workloadId }
      await api.as(acme.orchestrator).post('/api/resolve/workload', body).expect(200)
      return { path: `/api/workloads/${workloadId}/ended` }
    },
  },
}
