import type { Route } from './route.ts'

export const organizations = {
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
    scoped: true,
    status: 200,
    problems: [],
    summary: 'List the organizations that the token can see.',
  },
  GetOrganization: {
    method: 'GET',
    path: '/api/organizations/:id',
    roles: ['member'],
    scoped: true,
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
} as const satisfies Record<string, Route>
