import type { Route } from './route.ts'

export const due = {
  ListDue: {
    method: 'GET',
    path: '/api/due',
    roles: ['member'],
    scoped: true,
    status: 200,
    problems: [],
    summary:
      'List the secrets and tokens that expire or are to be rotated soon, what is overdue first. Tokens are shown to owners.',
  },
} as const satisfies Record<string, Route>
