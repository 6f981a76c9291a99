import type { Route } from './route.ts'

export const resolving = {
  ResolveSecret: {
    method: 'POST',
    path: '/api/resolve/secret',
    roles: ['orchestrator', 'llm_proxy'],
    scoped: true,
    status: 200,
    problems: ['resolution_failed', 'provider_unavailable'],
    summary:
      'The value of one secret. An llm_proxy token reaches what an llm_provider env refers to.',
  },
  ResolveWorkload: {
    method: 'POST',
    path: '/api/resolve/workload',
    roles: ['orchestrator', 'llm_proxy'],
    status: 200,
    problems: ['resolution_failed', 'provider_unavailable'],
    summary:
      'All envs of a consumer with their values: all of them, or none and every reason why. An llm_proxy token reaches LLM providers.',
  },
  ResolveBrief: {
    method: 'POST',
    path: '/api/resolve/brief',
    roles: ['orchestrator'],
    scoped: true,
    status: 200,
    problems: ['resolution_failed', 'provider_unavailable'],
    summary:
      'The secrets of a brief with their values, the narrowest scope first: all of them, or none and every reason why.',
  },
  PreflightWorkload: {
    method: 'POST',
    path: '/api/preflight/workload',
    roles: ['member'],
    status: 200,
    problems: [],
    summary:
      'Would a consumer start? Does what ResolveWorkload does, against the live stores, and answers no value.',
  },
  PreflightBrief: {
    method: 'POST',
    path: '/api/preflight/brief',
    roles: ['member'],
    scoped: true,
    status: 200,
    problems: [],
    summary:
      'Would a brief resolve? Does what ResolveBrief does, against the live stores, and answers no value.',
  },
} as const satisfies Record<string, Route>
