import type { Route } from './route.ts'

export const scopes = {
  CreateScope: {
    method: 'POST',
    path: '/api/scopes',
    roles: ['owner'],
    scoped: true,
    status: 201,
    problems: ['name_taken', 'id_taken'],
    summary: 'Create a scope below another: a team, a workspace or a project.',
  },
  ListScopes: {
    method: 'GET',
    path: '/api/scopes',
    roles: ['member'],
    scoped: true,
    status: 200,
    problems: [],
    summary: 'List scopes, each with its path.',
  },
  GetScope: {
    method: 'GET',
    path: '/api/scopes/:id',
    roles: ['member'],
    scoped: true,
    status: 200,
    problems: ['not_found'],
    summary: 'Read a scope.',
  },
  UpdateScope: {
    method: 'PATCH',
    path: '/api/scopes/:id',
    roles: ['owner'],
    scoped: true,
    status: 200,
    problems: ['not_found', 'name_taken', 'precondition_failed'],
    summary: 'Rename a scope, or move it below another, with all that is in it.',
  },
  DeleteScope: {
    method: 'DELETE',
    path: '/api/scopes/:id',
    roles: ['owner'],
    scoped: true,
    status: 204,
    problems: ['not_found', 'in_use', 'precondition_failed'],
    summary: 'Delete a scope that holds no scope, no secret and no token.',
  },
  ExplainScope: {
    method: 'GET',
    path: '/api/scopes/:id/effective-secrets',
    roles: ['member'],
    scoped: true,
    status: 200,
    problems: ['not_found'],
    summary:
      'Which secret each name means in a scope, and which ones of wider scopes it was preferred to. No value is read.',
  },
} as const satisfies Record<string, Route>
