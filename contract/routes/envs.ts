import type { Route } from './route.ts'

export const envs = {
  CreateEnv: {
    method: 'POST',
    path: '/api/envs',
    roles: ['owner'],
    status: 201,
    problems: ['name_taken', 'id_taken'],
    summary: 'Give a consumer a secret, a plain value or a text made of secrets, under a name.',
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
} as const satisfies Record<string, Route>
