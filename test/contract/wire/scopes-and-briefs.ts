import { stamps, type Exchange } from './exchange.ts'

const effective = {
  name: 'stripe-api-key',
  secretId: '<uuid narrow>',
  scopeId: '<uuid workspace>',
  scopeKind: 'workspace',
  storage: 'local',
  passedOver: [{ secretId: '<uuid wide>', scopeId: '<uuid team>', scopeKind: 'team' }],
}

const secret = {
  organizationId: '<uuid acme>',
  name: 'stripe-api-key',
  category: 'provider_credential',
  storage: 'local',
  value: '••••••••',
  encoding: 'utf8',
  version: '1',
  fingerprint: '<hex>',
  referenceCount: 0,
  ...stamps,
}

const missing = {
  env: 'STRIPE_APIKEY',
  secretName: 'stripe-apikey',
  code: 'secret_missing',
  detail:
    'No secret of this name applies in the scope or in those above it. Near it: stripe-api-key.',
  nearest: ['stripe-api-key'],
}

/** A tree of scopes, and what the narrowest one of a name means for a task. */
export const scopesAndBriefs: readonly Exchange[] = [
  {
    title: 'Scopes: create a team',
    as: 'owner',
    send: 'POST /api/scopes',
    body: { kind: 'team', name: 'payments', parentId: '<uuid root>' },
    status: 201,
    answerHeaders: { location: '/api/scopes/<uuid team>', etag: '"r1"' },
    answer: {
      id: '<uuid team>',
      organizationId: '<uuid acme>',
      kind: 'team',
      name: 'payments',
      parentId: '<uuid root>',
      path: ['payments'],
      ...stamps,
    },
  },
  {
    title: 'Scopes: create a workspace in it',
    as: 'owner',
    send: 'POST /api/scopes',
    body: { kind: 'workspace', name: 'eu', parentId: '<uuid team>' },
    status: 201,
    answer: {
      id: '<uuid workspace>',
      organizationId: '<uuid acme>',
      kind: 'workspace',
      name: 'eu',
      parentId: '<uuid team>',
      path: ['payments', 'eu'],
      ...stamps,
    },
  },
  {
    title: 'Secrets: create one of a team',
    as: 'owner',
    send: 'POST /api/secrets',
    body: {
      name: 'stripe-api-key',
      scopeId: '<uuid team>',
      value: 'sk_live_team',
      category: 'provider_credential',
    },
    status: 201,
    answer: { id: '<uuid wide>', scopeId: '<uuid team>', ...secret },
  },
  {
    title: 'Secrets: create one of the same name in a narrower scope',
    as: 'owner',
    send: 'POST /api/secrets',
    body: {
      name: 'stripe-api-key',
      scopeId: '<uuid workspace>',
      value: 'sk_live_eu',
      category: 'provider_credential',
    },
    status: 201,
    answer: { id: '<uuid narrow>', scopeId: '<uuid workspace>', ...secret },
  },
  {
    title: 'Scopes: explain what a name means in one',
    as: 'member',
    send: 'GET /api/scopes/<uuid workspace>/effective-secrets',
    status: 200,
    answer: { items: [effective], nextCursor: null },
  },
  {
    title: 'Resolving: a brief, with the explanation',
    as: 'orchestrator',
    send: 'POST /api/resolve/brief',
    body: {
      scopeId: '<uuid workspace>',
      secretRefs: [{ name: 'stripe-api-key', env: 'STRIPE_KEY' }],
      workloadId: 'w-2',
      explain: true,
    },
    status: 200,
    answerHeaders: { 'cache-control': 'no-store' },
    answer: {
      env: [
        {
          name: 'STRIPE_KEY',
          value: 'sk_live_eu',
          encoding: 'utf8',
          secretId: '<uuid narrow>',
          version: '1',
          fingerprint: '<hex>',
        },
      ],
      explanation: [{ env: 'STRIPE_KEY', ...effective }],
    },
  },
  {
    title: 'Resolving: a brief that names what no scope has',
    as: 'orchestrator',
    send: 'POST /api/resolve/brief',
    body: { scopeId: '<uuid workspace>', secretRefs: ['stripe-apikey', 'stripe-api-key'] },
    status: 422,
    answer: {
      type: '/problems/resolution_failed',
      title: 'Not everything could be resolved',
      status: 422,
      code: 'resolution_failed',
      detail: '1 value could not be resolved; none was given out.',
      requestId: '<uuid>',
      errors: [missing],
    },
  },
  {
    title: 'Preflight: would that brief resolve?',
    as: 'member',
    send: 'POST /api/preflight/brief',
    body: { scopeId: '<uuid workspace>', secretRefs: ['stripe-apikey', 'stripe-api-key'] },
    status: 200,
    answer: {
      ok: false,
      items: [
        {
          env: 'STRIPE_API_KEY',
          secretId: '<uuid narrow>',
          secretName: 'stripe-api-key',
          ok: true,
          version: '1',
          latencyMs: '<number>',
        },
        { ...missing, ok: false },
      ],
    },
  },
]
