import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
/** Made outside Terraform. */
let ids: Readonly<
  Record<'root' | 'team' | 'provider' | 'secret' | 'inTeam' | 'remote' | 'env' | 'token', string>
>
beforeAll(async () => {
  world = await World.start()
  const owner = world.api.client(world.acme.owner)
  const { rootScopeId } = await owner.call('GetOrganization', { params: { id: world.acme.id } })
  const team = await owner.call('CreateScope', { body: { kind: 'team', name: 'payments' } })
  const config = { address: 'https://vault.example:8200', token: 'hvs.canary', kvVersion: 2 }
  const provider = await owner.call('CreateSecretProvider', {
    body: { name: 'vault', type: 'vault', config },
  })
  const secret = await owner.call('CreateSecret', { body: { name: 'stripe', value: 'canary' } })
  const inTeam = await owner.call('CreateSecret', {
    body: { name: 'stripe', value: 'canary', scopeId: team.id, category: 'agent_secret' },
  })
  const remote = await owner.call('CreateSecret', {
    body: { name: 'db', providerId: provider.id, remotePath: 'kv/db', remoteKey: 'password' },
  })
  const consumer = { kind: 'agent', id: 'billing' } as const
  const env = await owner.call('CreateEnv', {
    body: { consumer, name: 'STRIPE', secretId: secret.id },
  })
  const token = await owner.call('CreateApiToken', { body: { name: 'ci', role: 'member' } })
  ids = {
    root: rootScopeId,
    team: team.id,
    provider: provider.id,
    secret: secret.id,
    inTeam: inTeam.id,
    remote: remote.id,
    env: env.id,
    token: token.id,
  }
})
afterAll(() => world.close())

/** What a data source gives, as a second plan that is empty gives it too. */
async function read(type: string, body: string, terraform = world.terraform()) {
  await terraform.applied(
    `data "${type}" "a" {\n${body}\n}\noutput "a" {\n value = data.${type}.a\n}`,
  )
  const { raw } = await terraform.run('output', '-json')
  expect(raw).not.toContain('canary')
  return (JSON.parse(raw) as { readonly a: { readonly value: Record<string, unknown> } }).a.value
}

const found = {
  agyn_organization: () => ({ id: world.acme.id, name: 'acme', root_scope_id: ids.root }),
  agyn_scope: () => ({ id: ids.team, kind: 'team', parent_id: ids.root, path: ['payments'] }),
  agyn_secret_provider: () => ({
    id: ids.provider,
    type: 'vault',
    config: expect.objectContaining({ address: 'https://vault.example:8200', kv_version: '2' }),
    credentials_set: ['token'],
    secret_count: 1,
  }),
  agyn_secret: () => ({ id: ids.secret, scope_id: ids.root, storage: 'local', version: '1' }),
  agyn_env: () => ({
    id: ids.env,
    consumer: { kind: 'agent', id: 'billing' },
    secret_id: ids.secret,
    value: null,
    broken: false,
  }),
  agyn_api_token: () => ({ id: ids.token, role: 'member', scope_id: null }),
} as const

type Single = keyof typeof found

describe('a data source of one', () => {
  it.for<readonly [Single, () => string]>([
    ['agyn_organization', () => 'name = "acme"'],
    ['agyn_organization', () => `id = "${world.acme.id}"`],
    ['agyn_scope', () => `id = "${ids.team}"`],
    ['agyn_scope', () => 'path = ["payments"]'],
    ['agyn_scope', () => 'name = "payments"'],
    ['agyn_secret_provider', () => `id = "${ids.provider}"`],
    ['agyn_secret_provider', () => `name = "vault"\n organization_id = "${world.acme.id}"`],
    ['agyn_secret', () => `id = "${ids.secret}"`],
    ['agyn_secret', () => 'name = "stripe"'],
    ['agyn_secret', () => `name = "stripe"\n scope_id = "${ids.root}"`],
    ['agyn_secret', () => 'name = "stripe"\n scope_path = []'],
    ['agyn_env', () => `id = "${ids.env}"`],
    ['agyn_env', () => 'name = "STRIPE"\n consumer = { kind = "agent", id = "billing" }'],
    ['agyn_api_token', () => `id = "${ids.token}"`],
    ['agyn_api_token', () => 'name = "ci"'],
  ])('finds an %s', async ([type, body]) => {
    expect(await read(type, body())).toMatchObject({
      ...found[type](),
      ...(type === 'agyn_organization' ? {} : { organization_id: world.acme.id }),
    })
  })

  it('finds the root scope, a secret of another scope, and where a remote one is', async () => {
    expect(await read('agyn_scope', 'path = []')).toMatchObject({ id: ids.root, parent_id: null })
    const inTeam = await read('agyn_secret', 'name = "stripe"\n scope_path = ["payments"]')
    expect(inTeam).toMatchObject({ id: ids.inTeam, scope_id: ids.team })
    expect(await read('agyn_secret', 'name = "db"')).toMatchObject({
      remote_path: 'kv/db',
      reference: 'vault://kv/db#password',
      version: null,
    })
  })

  it('finds it with the token of a member, and of an admin who names the organization', async () => {
    const body = `name = "stripe"\n organization_id = "${world.acme.id}"`
    const member = await read('agyn_secret', body, world.terraform(world.acme.member))
    expect(member).toMatchObject({ id: ids.secret, value_fingerprint: null })
    const admin = await read('agyn_secret', body, world.terraform(world.api.adminToken))
    expect(admin).toMatchObject({ id: ids.secret })
  })

  const noId = 'id = "0198c0de-0000-7000-8000-000000000000"'
  it.for<readonly [string, string, string, string]>([
    ['agyn_secret', '', 'data "agyn_secret"', 'Give `id` or `name`.'],
    ['agyn_scope', '', 'data "agyn_scope"', 'Give `id`, `path` or `name`.'],
    [
      'agyn_secret',
      `${noId}\n name = "a"`,
      'name = "a"',
      'It is said twice which secret is meant.',
    ],
    ['agyn_secret', noId, 'id =', 'There is no secret with the id 0198c0de'],
    [
      'agyn_secret',
      'name = "none"',
      'name = "none"',
      'There is no secret named "none" in the root scope.',
    ],
    ['agyn_secret', 'id = "stripe"', 'id = "stripe"', 'Give its id, a UUID, and not its name.'],
    ['agyn_secret', `${noId}\n scope_path = []`, 'scope_path = []', 'Leave the scope out'],
    ['agyn_scope', 'path = ["none"]', 'path = ["none"]', 'There is no scope at the path "none".'],
    ['agyn_env', 'name = "STRIPE"', 'name = "STRIPE"', 'The consumer of the env is missing.'],
    ['agyn_organization', 'name = "initech"', 'name = "initech"', 'There is no organization'],
    ['agyn_api_token', 'name = "none"', 'name = "none"', 'There is no API token named "none".'],
    [
      'agyn_secret_providers',
      'type = "x"\n organization_id = "acme"',
      'organization_id',
      'Give its',
    ],
    ['agyn_secrets', 'storage = "locl"', 'storage = "locl"', 'Give local, remote or managed'],
    ['agyn_envs', 'consumer = { kind = "robot" }', 'consumer =', 'Give one of agent, mcp_server'],
  ])('says of %s { %s } what to do, at %s', async ([type, body, at, message]) => {
    const terraform = world.terraform().write(`data "${type}" "a" {\n${body}\n}`)
    const { code, output, raw } = await terraform.plan()
    expect(output).toContain(message)
    expect([code, raw.match(/^Error: /gm)?.length]).toEqual([1, 1])
    expect(/^ +\d+: (.*)$/m.exec(raw)?.[1]).toContain(at)
  })

  it('names the ids when a name means several', async () => {
    const owner = world.api.client(world.acme.owner)
    const body = { name: 'twice', role: 'member' } as const
    const [one, two] = [
      await owner.call('CreateApiToken', { body }),
      await owner.call('CreateApiToken', { body }),
    ]
    const terraform = world.terraform().write('data "agyn_api_token" "a" {\n name = "twice"\n}')
    const { output } = await terraform.plan()
    expect(output).toContain('There are 2 API tokens named "twice".')
    expect(output).toContain(`${one.id}, ${two.id}`)
    for (const { id } of [one, two]) await owner.call('RevokeApiToken', { params: { id } })
  })
})

describe('a data source of a list', () => {
  it.for<readonly [string, () => string, () => readonly string[]]>([
    ['agyn_organizations', () => '', () => [world.acme.id]],
    ['agyn_organizations', () => 'name = "none"', () => []],
    ['agyn_scopes', () => '', () => [ids.root, ids.team]],
    ['agyn_scopes', () => 'kind = "team"', () => [ids.team]],
    ['agyn_scopes', () => `parent_id = "${ids.root}"\n q = "PAY"`, () => [ids.team]],
    ['agyn_secret_providers', () => 'type = "vault"', () => [ids.provider]],
    ['agyn_secret_providers', () => 'type = "aws-sm"', () => []],
    ['agyn_secrets', () => '', () => [ids.secret, ids.inTeam, ids.remote]],
    ['agyn_secrets', () => 'name = "stripe"', () => [ids.secret, ids.inTeam]],
    ['agyn_secrets', () => `scope_id = "${ids.team}"`, () => [ids.inTeam]],
    ['agyn_secrets', () => `provider_id = "${ids.provider}"`, () => [ids.remote]],
    ['agyn_secrets', () => 'storage = "local"\n category = "agent_secret"', () => [ids.inTeam]],
    ['agyn_secrets', () => 'q = "D"', () => [ids.remote]],
    ['agyn_secrets', () => 'broken = true', () => []],
    ['agyn_secrets', () => 'deleted = true', () => []],
    ['agyn_envs', () => 'consumer = { kind = "agent" }', () => [ids.env]],
    ['agyn_envs', () => 'consumer = { id = "support" }', () => []],
    ['agyn_envs', () => `secret_id = "${ids.secret}"\n broken = false`, () => [ids.env]],
    ['agyn_api_tokens', () => 'name = "ci"', () => [ids.token]],
  ])('%s gives what the filters leave, in one order', async ([type, body, expected]) => {
    const { ids, items } = await read(type, body())
    expect(ids).toEqual(expected())
    expect((items as { readonly id: string }[]).map(({ id }) => id)).toEqual(ids)
  })

  it('does not stop at a page', async () => {
    const globex = await world.api.organization('globex')
    const owner = world.api.client(globex.owner)
    const items = Array.from({ length: 450 }, (_, index) => ({ name: `s${index}`, value: 'x' }))
    for (const from of [0, 225]) {
      await owner.call('ImportSecrets', { body: { items: items.slice(from, from + 225) } })
    }
    const { ids } = await read('agyn_secrets', '', world.terraform(globex.owner))
    expect(new Set(ids as string[]).size).toBe(450)
  })

  it('names the types of providers and the fields of their config', async () => {
    const { types, items } = await read('agyn_secret_provider_types', '')
    expect(types).toContain('vault')
    const [vault] = (items as { type: string; fields: object[] }[]).filter(
      ({ type }) => type === 'vault',
    )
    expect(vault?.fields).toContainEqual(
      expect.objectContaining({ name: 'token', sensitive: true }),
    )
    expect(vault?.fields).toContainEqual(expect.objectContaining({ name: 'kv_version' }))
  })

  it('tells which secret a name means in a scope, and what it was preferred to', async () => {
    const { names, items } = await read('agyn_effective_secrets', `scope_id = "${ids.team}"`)
    expect(names).toEqual(['db', 'stripe'])
    expect(items).toContainEqual({
      name: 'stripe',
      secret_id: ids.inTeam,
      scope_id: ids.team,
      scope_kind: 'team',
      storage: 'local',
      passed_over: [{ secret_id: ids.secret, scope_id: ids.root, scope_kind: 'organization' }],
    })
  })
})
