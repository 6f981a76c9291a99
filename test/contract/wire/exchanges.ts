import { problemType, type ProblemCode } from '../../../contract/problems.ts'

/**
 * One request and its answer. Texts hold placeholders: `<uuid>`, `<time>`, `<token>`, `<hex>`, `<ability>`,
 * `<number>` and `<text>` match by shape; with a name, `<uuid secret>`, the first answer that has it
 * decides what it stands for, and from then on it is exactly that, in requests too.
 */
export interface Exchange {
  readonly title: string
  /** Whose token is sent; the admin's when left out. */
  readonly as?: 'owner' | 'member' | 'orchestrator'
  readonly send: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
  readonly status: number
  readonly answerHeaders?: Readonly<Record<string, string>>
  /** Exactly this, no member more or less; nothing at all when left out. */
  readonly answer?: unknown
}

const stamps = { revision: 1, createdAt: '<time>', updatedAt: '<time>' }

const secret = {
  id: '<uuid secret>',
  organizationId: '<uuid acme>',
  scopeId: '<uuid root>',
  name: 'stripe-api-key',
  category: 'provider_credential',
  storage: 'local',
  value: '••••••••',
  encoding: 'utf8',
  version: '1',
  fingerprint: '<hex stripe>',
  referenceCount: 0,
  ...stamps,
}
const { fingerprint: _, ...secretForMembers } = secret

const remote = {
  id: '<uuid db>',
  organizationId: '<uuid acme>',
  scopeId: '<uuid root>',
  name: 'db',
  category: 'other',
  storage: 'remote',
  providerId: '<uuid provider>',
  remotePath: 'secret/data/prod/db',
  remoteKey: 'password',
  remoteVersion: '1',
  referenceCount: 0,
  ...stamps,
}

const provider = {
  id: '<uuid provider>',
  organizationId: '<uuid acme>',
  name: 'vault-prod',
  type: 'vault',
  description: 'Production Vault',
  config: { authMethod: 'token', address: '<text vault>', token: '••••••••' },
  secretCount: 0,
  health: { status: 'unknown' },
  ...stamps,
}

const env = {
  id: '<uuid env>',
  organizationId: '<uuid acme>',
  consumer: { kind: 'agent', id: 'billing' },
  name: 'STRIPE_API_KEY',
  secretId: '<uuid secret>',
  broken: false,
  ...stamps,
}

const problem = (code: ProblemCode, status: number, title: string, detail: string) => ({
  type: `/problems/${code}`,
  title,
  status,
  code,
  detail,
  requestId: '<uuid>',
})

/** In the order in which they happen: an organization from its first token to its last resolve. */
export const exchanges: readonly Exchange[] = [
  {
    title: 'Organizations: create one',
    send: 'POST /api/organizations',
    body: { name: 'acme' },
    status: 201,
    answerHeaders: { location: '/api/organizations/<uuid acme>', etag: '"r1"' },
    answer: {
      id: '<uuid acme>',
      name: 'acme',
      rootScopeId: '<uuid root>',
      defaultStorage: 'local',
      ...stamps,
    },
  },
  {
    title: 'API tokens: make one for whoever manages an organization',
    send: 'POST /api/api-tokens',
    body: { organizationId: '<uuid acme>', name: 'platform team', role: 'owner' },
    status: 201,
    answer: {
      id: '<uuid>',
      organizationId: '<uuid acme>',
      name: 'platform team',
      role: 'owner',
      prefix: '<text>',
      expiresAt: '<time>',
      createdAt: '<time>',
      token: '<token owner>',
    },
  },
  {
    title: 'API tokens: make one for whatever starts workloads',
    send: 'POST /api/api-tokens',
    body: {
      organizationId: '<uuid acme>',
      name: 'orchestrator',
      role: 'orchestrator',
      expiresAt: '2999-01-31T12:00:00Z',
    },
    status: 201,
    answerHeaders: { location: '/api/api-tokens/<uuid orchestratorId>' },
    answer: {
      id: '<uuid orchestratorId>',
      organizationId: '<uuid acme>',
      name: 'orchestrator',
      role: 'orchestrator',
      prefix: '<text prefix>',
      expiresAt: '2999-01-31T12:00:00.000Z',
      createdAt: '<time>',
      token: '<token orchestrator>',
    },
  },
  {
    title: 'API tokens: make one that reads',
    as: 'owner',
    send: 'POST /api/api-tokens',
    body: { name: 'console', role: 'member' },
    status: 201,
    answer: {
      id: '<uuid>',
      organizationId: '<uuid acme>',
      name: 'console',
      role: 'member',
      prefix: '<text>',
      expiresAt: '<time>',
      createdAt: '<time>',
      token: '<token member>',
    },
  },
  {
    title: 'API tokens: ask whose one is',
    as: 'orchestrator',
    send: 'GET /api/whoami',
    status: 200,
    answer: {
      kind: 'token',
      id: '<uuid orchestratorId>',
      name: 'orchestrator',
      role: 'orchestrator',
      organizationId: '<uuid acme>',
      expiresAt: '2999-01-31T12:00:00.000Z',
    },
  },
  {
    title: 'Secret providers: register one',
    as: 'owner',
    send: 'POST /api/secret-providers',
    body: {
      name: 'vault-prod',
      type: 'vault',
      description: 'Production Vault',
      config: { address: '<text vault>', token: '<text vaultToken>' },
    },
    status: 201,
    answerHeaders: { location: '/api/secret-providers/<uuid provider>', etag: '"r1"' },
    answer: provider,
  },
  {
    title: 'Secret providers: change a credential in place',
    as: 'owner',
    send: 'PATCH /api/secret-providers/<uuid provider>',
    headers: { 'If-Match': '"r1"' },
    body: { config: { token: '<text vaultToken>' } },
    status: 200,
    answerHeaders: { etag: '"r2"' },
    answer: { ...provider, revision: 2 },
  },
  {
    title: 'Secret providers: test one that works',
    as: 'owner',
    send: 'POST /api/secret-providers/<uuid provider>/test',
    status: 200,
    answer: {
      ok: true,
      latencyMs: '<number>',
      identity: { displayName: 'token-agyn', expiresAt: '<time>', renewable: true },
      can: { read: '<ability>', write: '<ability>', list: '<ability>' },
    },
  },
  {
    title: 'Secret providers: test one that does not, before saving it',
    as: 'owner',
    send: 'POST /api/secret-providers/test',
    body: { type: 'vault', config: { address: '<text vault>', token: 'hvs.not-this-one' } },
    status: 200,
    answer: { ok: false, code: 'forbidden', detail: '<text>', hint: '<text>' },
  },
  {
    title: 'Secrets: keep a value here',
    as: 'owner',
    send: 'POST /api/secrets',
    body: { name: 'stripe-api-key', value: 'sk_live_…', category: 'provider_credential' },
    status: 201,
    answerHeaders: { location: '/api/secrets/<uuid secret>', etag: '"r1"' },
    answer: secret,
  },
  {
    title: 'Secrets: read one, without the fingerprint that owners see',
    as: 'member',
    send: 'GET /api/secrets/<uuid secret>',
    status: 200,
    answerHeaders: { etag: '"r1"' },
    answer: secretForMembers,
  },
  {
    title: 'Secrets: read a value from a provider each time',
    as: 'owner',
    send: 'POST /api/secrets',
    body: {
      name: 'db',
      providerId: '<uuid provider>',
      remotePath: 'secret/data/prod/db',
      remoteKey: 'password',
      remoteVersion: '1',
    },
    status: 201,
    answer: remote,
  },
  {
    title: 'Secrets: the same, in the words of Provenance',
    as: 'owner',
    send: 'POST /api/secrets',
    body: {
      secretPath: 'stripe.apiKey',
      provider: 'vault',
      providerPath: 'secret/data/prod/stripe',
      secretProviderId: '<uuid provider>',
      providerConfig: { jsonKey: 'api_key' },
    },
    status: 201,
    answer: {
      id: '<uuid>',
      organizationId: '<uuid acme>',
      scopeId: '<uuid root>',
      name: 'stripe.apiKey',
      category: 'other',
      storage: 'remote',
      providerId: '<uuid provider>',
      remotePath: 'secret/data/prod/stripe',
      remoteKey: 'api_key',
      referenceCount: 0,
      ...stamps,
    },
  },
  {
    title: 'Envs: give a consumer a secret',
    as: 'owner',
    send: 'POST /api/envs',
    body: {
      consumer: { kind: 'agent', id: 'billing' },
      name: 'STRIPE_API_KEY',
      secretId: '<uuid secret>',
    },
    status: 201,
    answerHeaders: { location: '/api/envs/<uuid env>', etag: '"r1"' },
    answer: env,
  },
  {
    title: 'Secrets: list what refers to one',
    as: 'member',
    send: 'GET /api/secrets/<uuid secret>/references',
    status: 200,
    answer: {
      items: [
        {
          kind: 'env',
          id: '<uuid env>',
          name: 'STRIPE_API_KEY',
          consumer: { kind: 'agent', id: 'billing' },
        },
      ],
      nextCursor: null,
    },
  },
  {
    title: 'Envs: give it a plain value',
    as: 'owner',
    send: 'POST /api/envs',
    body: { consumer: { kind: 'agent', id: 'billing' }, name: 'REGION', value: 'eu-west-1' },
    status: 201,
    answer: {
      id: '<uuid>',
      organizationId: '<uuid acme>',
      consumer: { kind: 'agent', id: 'billing' },
      name: 'REGION',
      value: 'eu-west-1',
      broken: false,
      ...stamps,
    },
  },
  {
    title: 'Resolving: one secret',
    as: 'orchestrator',
    send: 'POST /api/resolve/secret',
    body: { secretId: '<uuid secret>' },
    status: 200,
    answerHeaders: { 'cache-control': 'no-store' },
    answer: { value: 'sk_live_…', encoding: 'utf8', version: '1', fingerprint: '<hex stripe>' },
  },
  {
    title: 'Resolving: all that a workload gets',
    as: 'orchestrator',
    send: 'POST /api/resolve/workload',
    body: { consumer: { kind: 'agent', id: 'billing' }, workloadId: 'w-1' },
    status: 200,
    answerHeaders: { 'cache-control': 'no-store' },
    answer: {
      env: [
        { name: 'REGION', value: 'eu-west-1', encoding: 'utf8' },
        {
          name: 'STRIPE_API_KEY',
          value: 'sk_live_…',
          encoding: 'utf8',
          secretId: '<uuid secret>',
          version: '1',
          fingerprint: '<hex stripe>',
        },
      ],
    },
  },
  {
    title: 'Resolving: a consumer without envs',
    as: 'orchestrator',
    send: 'POST /api/resolve/workload',
    body: { consumer: { kind: 'hook', id: 'nothing' } },
    status: 200,
    answer: { env: [] },
  },
  {
    title: 'Resolving: a key that is not there',
    as: 'orchestrator',
    send: 'POST /api/resolve/secret',
    body: { secretId: '<uuid db>' },
    status: 422,
    answer: {
      ...problem(
        'resolution_failed',
        422,
        'Not everything could be resolved',
        '1 value could not be resolved; none was given out.',
      ),
      errors: [
        {
          secretId: '<uuid db>',
          secretName: 'db',
          providerId: '<uuid provider>',
          providerName: 'vault-prod',
          path: 'secret/data/prod/db',
          code: 'key_missing',
          detail: 'The secret has no key "password".',
          availableKeys: ['user', 'pass'],
        },
      ],
    },
  },
  {
    title: 'Refusals: fields that need attention, all at once',
    as: 'owner',
    send: 'POST /api/secret-providers',
    body: { type: 'vault', config: { address: 'not a url' } },
    status: 422,
    answerHeaders: { 'content-type': 'application/problem+json; charset=utf-8' },
    answer: {
      ...problem('invalid', 422, 'The request is not valid', '3 fields need attention.'),
      errors: [
        { pointer: '#/name', code: 'required', detail: 'This field is required.' },
        {
          pointer: '#/config/address',
          code: 'invalid_url',
          detail: 'Give a URL such as https://vault.internal:8200.',
        },
        { pointer: '#/config/token', code: 'required', detail: 'This field is required.' },
      ],
    },
  },
  {
    title: 'Refusals: something still refers to it',
    as: 'owner',
    send: 'DELETE /api/secret-providers/<uuid provider>',
    status: 409,
    answer: {
      ...problem(
        'in_use',
        409,
        'Still in use',
        '2 secrets refer to this provider. Delete or re-point them, or repeat with ?force=true.',
      ),
      count: 2,
      references: [
        { kind: 'secret', id: '<uuid db>', name: 'db' },
        { kind: 'secret', id: '<uuid>', name: 'stripe.apiKey' },
      ],
    },
  },
  {
    title: 'Refusals: the role is too low',
    as: 'member',
    send: 'DELETE /api/secrets/<uuid secret>',
    status: 403,
    answer: problem(
      'forbidden',
      403,
      'The token may not do this',
      'A token of the role member may not do this: it takes owner.',
    ),
  },
  {
    title: 'Refusals: the name is taken',
    as: 'owner',
    send: 'POST /api/secrets',
    body: { name: 'db', value: 'v' },
    status: 409,
    answer: problem(
      'name_taken',
      409,
      'The name is taken',
      'A secret of this name already exists. Choose another name, or change that one.',
    ),
  },
  {
    title: 'Secrets: delete one that envs refer to',
    as: 'owner',
    send: 'DELETE /api/secrets/<uuid secret>?force=true',
    status: 204,
  },
  {
    title: 'Envs: read one whose secret is gone',
    as: 'member',
    send: 'GET /api/envs/<uuid env>',
    status: 200,
    answer: { ...env, broken: true },
  },
]
