import type { Route } from './route.ts'

export const apiTokens = {
  WhoAmI: {
    method: 'GET',
    path: '/api/whoami',
    roles: ['any'],
    scoped: true,
    status: 200,
    problems: [],
    summary: 'Who the token is: its role, organization and expiry.',
  },
  CreateApiToken: {
    method: 'POST',
    path: '/api/api-tokens',
    roles: ['owner'],
    scoped: true,
    status: 201,
    problems: ['id_taken', 'token_taken', 'token_not_shown_again'],
    summary:
      'Create a token and show it this once, or take one that the caller made. Only an admin makes tokens of the roles orchestrator and llm_proxy.',
  },
  ListApiTokens: {
    method: 'GET',
    path: '/api/api-tokens',
    roles: ['owner'],
    scoped: true,
    status: 200,
    problems: [],
    summary: 'List the tokens of an organization, without the tokens themselves.',
  },
  GetApiToken: {
    method: 'GET',
    path: '/api/api-tokens/:id',
    roles: ['owner'],
    scoped: true,
    status: 200,
    problems: ['not_found'],
    summary: 'Read what is known of a token, which is all but the token itself.',
  },
  UpdateApiToken: {
    method: 'PATCH',
    path: '/api/api-tokens/:id',
    roles: ['owner'],
    scoped: true,
    status: 200,
    problems: ['not_found'],
    summary:
      'Rename a token, or move its expiry while it lasts: whoever holds it goes on as before. What it may do cannot change.',
  },
  RevokeApiToken: {
    method: 'DELETE',
    path: '/api/api-tokens/:id',
    roles: ['owner'],
    scoped: true,
    status: 204,
    problems: ['not_found'],
    summary: 'Revoke a token. It is refused from the next request on.',
  },
} as const satisfies Record<string, Route>
