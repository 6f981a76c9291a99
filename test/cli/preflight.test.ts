import { describe, expect, it } from 'vitest'
import { runCli, type Sent } from './fake-shell.ts'

const ok = {
  ok: true,
  secretId: 's-1',
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
    words.push('--scope', '/', '--ref', 'db', '--ref', 'a=b=DB_PASSWORD')
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
      secretRefs: ['db', { name: 'a=b', env: 'DB_PASSWORD' }],
    })
  })

  it('shows a table and why each failure failed, and ends with 1', async () => {
    const answer = () => ({ ok: false, items: [ok, failed] })
    const { code, out } = await runCli(['preflight', '--agent', 'billing'], { answer })
    expect(code).toBe(1)
    expect(out).toBe(
      [
        'agent billing: would not start',
        'ENV             SECRET          WHERE                            RESULT       VERSION  MS',
        'STRIPE_API_KEY  stripe-api-key  kept here                        ok           3        0',
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

  it('tells a template and a plain value from a secret', async () => {
    const items = [
      {
        ok: true,
        env: 'URL',
        latencyMs: 2,
        secrets: [{ secretName: 'user' }, { secretName: 'pw' }],
      },
      { ok: true, env: 'REGION' },
    ]
    const answer = () => ({ ok: true, items })
    const { out } = await runCli(['preflight', '--agent', 'billing'], { answer })
    expect(out).toMatch(/\nURL +\(template\) user, pw +ok +2\nREGION +\(plain value\) +ok\n$/)
  })

  it('names what looks like a missing name once', async () => {
    const detail = 'No secret of this name applies. Near it: a-1, a-2.'
    const item = { ok: false, env: 'A', code: 'secret_missing', detail, nearest: ['a-1', 'a-2'] }
    const answer = () => ({ ok: false, items: [item] })
    const { out } = await runCli(['preflight', '--agent', 'billing'], { answer })
    expect(out.match(/a-1, a-2/g)).toHaveLength(1)
  })

  it('warns of a consumer without any env, which starts nevertheless', async () => {
    const answer = () => ({ ok: true, items: [] })
    const { code, out, err } = await runCli(['preflight', '--agent', 'biling'], { answer })
    expect({ code, out }).toEqual({ code: 0, out: 'agent biling: no envs\n' })
    expect(err).toBe('warning: agent biling: it has no envs at all: is its id spelt right?\n')
    const { out: json } = await runCli(['preflight', '--agent', 'biling', '--json'], { answer })
    expect(JSON.parse(json)).toMatchObject([{ ok: true, warning: expect.any(String) }])
  })

  it('answers no to a consumer without any env where envs are required', async () => {
    const words = ['preflight', '--agent', 'biling', '--require-envs']
    const none = await runCli(words, { answer: () => ({ ok: true, items: [] }) })
    expect(none).toMatchObject({ code: 1, out: 'agent biling: no envs\n' })
    expect((await runCli(words, { answer: () => ({ ok: true, items: [ok] }) })).code).toBe(0)
  })

  it.each([
    ['db=1X', /--ref db=1X: 1X cannot be a variable\..*the last = separates/],
    ['c=d-e', /d-e cannot be a variable/],
    ['db=', /The variable after the = is missing/],
    ['=DB', /The name is missing/],
    ['', /The name is missing/],
  ])('asks nobody about --ref %s, and says which part is wrong', async (ref, said) => {
    const { code, err, sent } = await runCli(['preflight', '--scope', '/', '--ref', ref])
    expect({ code, sent }).toEqual({ code: 2, sent: [] })
    expect(err).toMatch(said)
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

  it.each([
    [['one', 'once'], 'No secret of this name applies there. Near it: one, once.\n'],
    [undefined, 'No secret of this name applies there.\n'],
  ])(
    'answers no when a name means nothing there, and names what is near',
    async (nearest, said) => {
      const withNear = (request: Sent) =>
        request.path === '/api/preflight/brief'
          ? { ok: false, items: [{ ok: false, secretName: 'none', nearest }] }
          : answer(request)
      const words = ['explain', '--scope', 'payments', 'none']
      const { code, err } = await runCli(words, { answer: withNear })
      expect({ code, err }).toEqual({ code: 1, err: said })
    },
  )

  it('asks which organization when several have the path', async () => {
    const both = () => ({ items: [team, root], nextCursor: null })
    const { code, err } = await runCli(['explain', '--scope', 'payments'], { answer: both })
    expect(code).toBe(2)
    expect(err).toContain('--organization')
  })
})
