import type { Route } from './route.ts'

export const references = {
  ListSecretReferences: {
    method: 'GET',
    path: '/api/secrets/:id/references',
    roles: ['member'],
    scoped: true,
    status: 200,
    problems: ['not_found'],
    summary: 'List the envs that refer to a secret.',
  },
  ListSecretProviderReferences: {
    method: 'GET',
    path: '/api/secret-providers/:id/references',
    roles: ['member'],
    status: 200,
    problems: ['not_found'],
    summary:
      'List what refers to a secret provider: its secrets, and after each the envs that it goes into.',
  },
  ReplaceSecretReferences: {
    method: 'POST',
    path: '/api/secrets/:id/replace-references',
    roles: ['owner'],
    status: 200,
    problems: ['not_found', 'precondition_failed'],
    summary:
      'Point every env that refers to a secret, deleted ones included, to another one: all of them, or none. With `dryRun` it only says which.',
  },
} as const satisfies Record<string, Route>
