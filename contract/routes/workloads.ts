import type { Route } from './route.ts'

export const workloads = {
  EndWorkload: {
    method: 'POST',
    path: '/api/workloads/:id/ended',
    roles: ['orchestrator'],
    scoped: true,
    status: 200,
    problems: ['not_found'],
    summary: 'Tell that a workload has ended: it holds no value any more.',
  },
} as const satisfies Record<string, Route>
