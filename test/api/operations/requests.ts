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

  CreateApiToken: {
    namesOrganization: true,
    make: ({ acme }) => ({
      path: '/api/api-tokens',
      body: { organizationId: acme.id, name: freshName(), role: 'member' },
    }),
  },
  ListApiTokens: { make: () => ({ path: '/api/api-tokens' }) },
  RevokeApiToken: {
    make: async (world) => {
      const id = await made(world, '/api/api-tokens', { name: freshName(), role: 'member' })
      return { path: `/api/api-tokens/${id}` }
    },
  },

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
}
