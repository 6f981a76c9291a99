import type { ProblemCode } from './problems.ts'

/** Who may call an operation. Admin includes owner, owner includes member; the runtime roles stand apart. */
export type Role = 'admin' | 'owner' | 'member' | 'orchestrator' | 'llm_proxy'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Express's own syntax, so a parameter is `:id`. */
  readonly path: `/api/${string}`
  /** The least role; `any` is every valid token. */
  readonly roles: readonly (Role | 'any')[]
  /** Status of success. */
  readonly status: 200 | 201 | 204
  /** What it can answer besides the problems that every operation shares. */
  readonly problems: readonly ProblemCode[]
  readonly summary: string
}

/** What any operation can answer: the caller, the request or the deployment is not in order. */
export const sharedProblems = [
  'malformed',
  'unauthenticated',
  'forbidden',
  'too_large',
  'invalid',
  'rate_limited',
  'internal',
  'database_unavailable',
] as const satisfies readonly ProblemCode[]

/**
 * Every operation of the API. Plain data: the Terraform provider starts with this table and without
 * zod. What each one takes and answers stands in `schemas/`, under the same id.
 */
export const routes = {
  WhoAmI: {
    method: 'GET',
    path: '/api/whoami',
    roles: ['any'],
    status: 200,
    problems: [],
    summary: 'Who the token is: its role, organization and expiry.',
  },

  CreateOrganization: {
    method: 'POST',
    path: '/api/organizations',
    roles: ['admin'],
    status: 201,
    problems: ['name_taken', 'id_taken'],
    summary: 'Create an organization, with its root scope and its keys.',
  },
  ListOrganizations: {
    method: 'GET',
    path: '/api/organizations',
    roles: ['member'],
    status: 200,
    problems: [],
    summary: 'List the organizations that the token can see.',
  },
  GetOrganization: {
    method: 'GET',
    path: '/api/organizations/:id',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'Read an organization.',
  },
  UpdateOrganization: {
    method: 'PATCH',
    path: '/api/organizations/:id',
    roles: ['admin'],
    status: 200,
    problems: ['not_found', 'name_taken', 'precondition_failed'],
    summary: 'Rename an organization.',
  },
  DeleteOrganization: {
    method: 'DELETE',
    path: '/api/organizations/:id',
    roles: ['admin'],
    status: 204,
    problems: ['not_found', 'in_use', 'precondition_failed'],
    summary:
      'Delete an empty organization. Its tokens stop working, and its keys are destroyed, so that nothing deleted in it can be restored.',
  },

  CreateApiToken: {
    method: 'POST',
    path: '/api/api-tokens',
    roles: ['owner'],
    status: 201,
    problems: ['id_taken'],
    summary:
      'Create a token and show it this once. Only an admin makes tokens of the roles orchestrator and llm_proxy.',
  },
  ListApiTokens: {
    method: 'GET',
    path: '/api/api-tokens',
    roles: ['owner'],
    status: 200,
    problems: [],
    summary: 'List the tokens of an organization, without the tokens themselves.',
  },
  RevokeApiToken: {
    method: 'DELETE',
    path: '/api/api-tokens/:id',
    roles: ['owner'],
    status: 204,
    problems: ['not_found'],
    summary: 'Revoke a token. It is refused from the next request on.',
  },

  ListSecretProviderTypes: {
    method: 'GET',
    path: '/api/secret-providers/types',
    roles: ['member'],
    status: 200,
    problems: [],
    summary: 'The kinds of secret provider, each with the fields of its config.',
  },
  TestNewSecretProvider: {
    method: 'POST',
    path: '/api/secret-providers/test',
    roles: ['owner'],
    status: 200,
    problems: [],
    summary: 'Try a secret provider before saving it: can it be reached, and who are we there?',
  },
  CreateSecretProvider: {
    method: 'POST',
    path: '/api/secret-providers',
    roles: ['owner'],
    status: 201,
    problems: ['name_taken', 'id_taken'],
    summary: 'Register a secret provider. Nothing is contacted.',
  },
  ListSecretProviders: {
    method: 'GET',
    path: '/api/secret-providers',
    roles: ['member'],
    status: 200,
    problems: [],
    summary: 'List secret providers. No provider is contacted.',
  },
  GetSecretProvider: {
    method: 'GET',
    path: '/api/secret-providers/:id',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'Read a secret provider, its sensitive fields masked.',
  },
  UpdateSecretProvider: {
    method: 'PATCH',
    path: '/api/secret-providers/:id',
    roles: ['owner'],
    status: 200,
    problems: ['not_found', 'name_taken', 'precondition_failed'],
    summary: 'Change a secret provider in place, by JSON Merge Patch.',
  },
  DeleteSecretProvider: {
    method: 'DELETE',
    path: '/api/secret-providers/:id',
    roles: ['owner'],
    status: 204,
    problems: ['not_found', 'in_use', 'precondition_failed'],
    summary:
      'Delete a secret provider that no secret refers to; with `force`, one that secrets refer to, which then fail to resolve.',
  },
  TestSecretProvider: {
    method: 'POST',
    path: '/api/secret-providers/:id/test',
    roles: ['owner'],
    status: 200,
    problems: ['not_found'],
    summary: 'Try a saved secret provider, and remember the outcome as its health.',
  },
  ListSecretProviderReferences: {
    method: 'GET',
    path: '/api/secret-providers/:id/references',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'List the secrets that refer to a secret provider.',
  },

  CreateSecret: {
    method: 'POST',
    path: '/api/secrets',
    roles: ['owner'],
    status: 201,
    problems: ['name_taken', 'id_taken'],
    summary:
      'Create a secret: with `value` it is kept here, encrypted; with `providerId` and `remotePath` it is read from that provider each time.',
  },
  ListSecrets: {
    method: 'GET',
    path: '/api/secrets',
    roles: ['member'],
    status: 200,
    problems: [],
    summary: 'List secrets. Nothing is decrypted, and no provider is contacted.',
  },
  GetSecret: {
    method: 'GET',
    path: '/api/secrets/:id',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'Read a secret, its value masked.',
  },
  UpdateSecret: {
    method: 'PATCH',
    path: '/api/secrets/:id',
    roles: ['owner'],
    status: 200,
    problems: [
      'not_found',
      'name_taken',
      'precondition_failed',
      'resolution_failed',
      'provider_unavailable',
    ],
    summary:
      'Change a secret in place, by JSON Merge Patch. A change of storage names `storage`: to `remote` it re-points after one successful read, to `local` it stores `value` or else what the provider holds now.',
  },
  DeleteSecret: {
    method: 'DELETE',
    path: '/api/secrets/:id',
    roles: ['owner'],
    status: 204,
    problems: ['not_found', 'in_use', 'precondition_failed'],
    summary:
      'Delete a secret that no env refers to; with `force`, one that envs refer to, which then fail to resolve.',
  },
  ListSecretReferences: {
    method: 'GET',
    path: '/api/secrets/:id/references',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'List the envs that refer to a secret.',
  },

  CreateEnv: {
    method: 'POST',
    path: '/api/envs',
    roles: ['owner'],
    status: 201,
    problems: ['name_taken', 'id_taken'],
    summary: 'Give a consumer a secret, or a plain value, under a name.',
  },
  ListEnvs: {
    method: 'GET',
    path: '/api/envs',
    roles: ['member'],
    status: 200,
    problems: [],
    summary: 'List envs.',
  },
  GetEnv: {
    method: 'GET',
    path: '/api/envs/:id',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary: 'Read an env.',
  },
  UpdateEnv: {
    method: 'PATCH',
    path: '/api/envs/:id',
    roles: ['owner'],
    status: 200,
    problems: ['not_found', 'name_taken', 'precondition_failed'],
    summary: 'Change an env in place, by JSON Merge Patch. Its consumer cannot be changed.',
  },
  DeleteEnv: {
    method: 'DELETE',
    path: '/api/envs/:id',
    roles: ['owner'],
    status: 204,
    problems: ['not_found', 'precondition_failed'],
    summary: 'Delete an env. The secret stays.',
  },

  ResolveSecret: {
    method: 'POST',
    path: '/api/resolve/secret',
    roles: ['orchestrator', 'llm_proxy'],
    status: 200,
    problems: ['resolution_failed', 'provider_unavailable'],
    summary:
      'The value of one secret. An llm_proxy token reaches what an llm_provider env refers to.',
  },
  ResolveWorkload: {
    method: 'POST',
    path: '/api/resolve/workload',
    roles: ['orchestrator'],
    status: 200,
    problems: ['resolution_failed', 'provider_unavailable'],
    summary: 'All envs of a consumer with their values: all of them, or none and every reason why.',
  },
} as const satisfies Record<string, Route>

export type OperationId = keyof typeof routes
