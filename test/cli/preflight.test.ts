import { describe, expect, it } from 'vitest'
import { runCli, type Sent } from './fake-shell.ts'

const ok = {
  ok: true,
  env: 'STRIPE_API_KEY',
  secretName: 'stripe-api-key',
  version: '3',
  latencyMs: 0.4,
}
const failed = {
  ok: false,
  env: 'DB_PASSWORD',
  secretName: 'db',
  providerName: 'vault-prod',
  path: 'kv/data/db\u001b[2J',
  code: 'key_missing',
  detail: 'There is no such key at the path.',
  availableKeys: ['password', 'user'],
  nearest: ['db-password'],
  latencyMs: 12.6,
}

describe('agyn-secrets preflight', () => {
  it('asks for each consumer and each scope that is named', async () => {
    const answer = ({ path }: Sent) =>
      path.startsWith('/api/scopes')
        ? { items: [{ id: 'scope-1', organizationId: 'org-1' }], nextCursor: null }
        : { ok: true, items: [ok] }
    const words = ['preflight', '--agent', 'a', '--agent', 'b', '--mcp-server', 'c', '--hook', 'd']
    words.push('--llm-provider', 'e', '--image-pull-secret', 'f')
    words.push('--scope', '/', '--ref', 'db', '--ref', 'a=b=DB_PASSWORD', '--ref', 'c=d-e')
    const { code, sent } = await runCli(words, { answer })
    expect(code).toBe(0)
    const consumers = [
      ...['a', 'b'].map((id) => ({ kind: 'agent', id })),
      { kind: 'mcp_server', id: 'c' },
      { kind: 'hook', id: 'd' },
      { kind: 'llm_provider', id: 'e' },
      { kind: 'image_pull_secret', id: 'f' },
    ]
    expect(sent.slice(0, 6).map(({ body }) => body)).toEqual(
      consumers.map((consumer) => ({ consumer })),
    )
    expect(sent[6]?.path).toBe('/api/scopes?kind=organization&limit=2')
    expect(sent[7]).toMatchObject({ path: '/api/preflight/brief' })
    expect(sent[7]?.body).toEqual({
      organizationId: 'org-1',
      scopeId: 'scope-1',
      secretRefs: ['db', { name: 'a=b', env: 'DB_PASSWORD' }, 'c=d-e'],
    })
  })

  it('shows a table and why each failure failed, and ends with 1', async () => {
    const answer = () => ({ ok: false, items: [ok, failed] })
    const { code, out } = await runCli(['preflight', '--agent', 'billing'], { answer })
    expect(code).toBe(1)
    expect(out).toBe(
      [
        'agent billing: would not start',
        'ENV             SECRET          FROM                             RESULT       VERSION  MS',
        'STRIPE_API_KEY  stripe-api-key                                   ok           3        0',
        'DB_PASSWORD     db              vault-prod: kv/data/db\\u{1b}[2J  key_missing           13',
        'DB_PASSWORD: There is no such key at the path.',
        '  keys that are there: password, user',
        '  names that look like it: db-password',
        '',
      ].join('\n'),
    )
  })

  it('answers programs in JSON, each with what it is about', async () => {
    const answer = () => ({ ok: true, items: [ok] })
    const { out } = await runCli(['preflight', '--json', '--agent', 'billing'], { answer })
    expect(JSON.parse(out)).toEqual([
      { consumer: { kind: 'agent', id: 'billing' }, ok: true, items: [ok] },
    ])
  })

  it('warns of a consumer without any env, which starts nevertheless', async () => {
    const answer = () => ({ ok: true, items: [] })
    const { code, err } = await runCli(['preflight', '--agent', 'biling'], { answer })
    expect(code).toBe(0)
    expect(err).toBe('warning: agent biling: it has no envs at all: is its id spelt right?\n')
  })
})

describe('agyn-secrets explain', () => {
  const [root, team] = [
    { id: 'root', kind: 'organization', path: [] },
    { id: 'team', kind: 'team', path: ['payments'] },
  ]
  const place = (scope: typeof root | typeof team) => ({
    secretId: 'x',
    scopeId: scope.id,
    scopeKind: scope.kind,
  })
  const answer = ({ path }: Sent): object => {
    if (path === '/api/scopes?path=payments&limit=2') return { items: [team], nextCursor: null }
    if (path === '/api/scopes/root') return root
    if (path === '/api/scopes/team') return team
    const query = new URLSearchParams(path.split('?')[1])
    if (query.get('name') === 'none') return { items: [], nextCursor: null }
    const first = { name: 'a', storage: 'local', ...place(team), passedOver: [place(root)] }
    const second = { name: 'b', storage: 'remote', ...place(root), passedOver: [] }
    return query.get('cursor') === 'next'
      ? { items: [second], nextCursor: null }
      : { items: [first], nextCursor: 'next' }
  }

  it('shows all pages: which secret each name means, and what it was preferred to', async () => {
    const { code, out } = await runCli(['explain', '--scope', '/payments/'], { answer })
    expect(code).toBe(0)
    expect(out).toBe(
      [
        'NAME  FROM            STORAGE  PREFERRED TO',
        'a     team payments   local    organization /',
        'b     organization /  remote',
        '',
      ].join('\n'),
    )
  })

  it('answers no when a name means nothing there', async () => {
    const { code, err } = await runCli(['explain', '--scope', 'payments', 'none'], { answer })
    expect({ code, err }).toEqual({ code: 1, err: 'No secret of this name applies there.\n' })
  })

  it('asks which organization when several have the path', async () => {
    const both = () => ({ items: [team, root], nextCursor: null })
    const { code, err } = await runCli(['explain', '--scope', 'payments'], { answer: both })
    expect(code).toBe(2)
    expect(err).toContain('--organization')
  })
})
