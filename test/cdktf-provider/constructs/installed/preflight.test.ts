import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { addStack, annotations, begin, only, refusals, rendered } from '../../../support/stacks.ts'

describe.each(installed)('Preflight, with $framework', (packages) => {
  const { cdk, agyn } = packages
  const { Agent, McpServer, Organization, Preflight, Secret, SecretProvider, VaultAuth } = agyn

  const inStack = () => {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'value').stringValue
    const provider = SecretProvider.vault(stack, 'vault', {
      address: 'https://vault:8200',
      auth: VaultAuth.kubernetes({ role: 'agents' }),
    })
    const asked = () => Object.values(rendered(packages, stack).data['agyn_preflight'] ?? {})
    return { app, stack, value, provider, asked }
  }

  it('asks once for each consumer that the stack gives an env', () => {
    const { app, stack, value, provider, asked } = inStack()
    const stripe = provider.secret('kv/data/stripe')
    const github = Secret.local(stack, 'github', { value })
    Agent.named('billing').addEnv('STRIPE', stripe).addEnv('GITHUB', github)
    Agent.named('billing').addPlainEnv(stack, 'REGION', 'eu')
    McpServer.named('billing').addEnv('GITHUB', github)
    new Preflight(stack, 'preflight')
    expect(asked().map(({ consumer }) => consumer)).toEqual([
      { kind: 'agent', id: 'billing' },
      { kind: 'mcp_server', id: 'billing' },
    ])
    expect(refusals(app)).toEqual([])
  })

  it('depends on all that a start takes: envs, secrets and their providers', () => {
    const { stack, value, provider, asked } = inStack()
    provider.resource.overrideLogicalId('vault')
    const named = <Named extends { readonly resource: { overrideLogicalId(id: string): void } }>(
      id: string,
      construct: Named,
    ) => {
      construct.resource.overrideLogicalId(id)
      return construct
    }
    const stripe = named('stripe', provider.secret('kv/data/stripe'))
    const user = named('user', Secret.local(stack, 'user', { value }))
    const password = named('password', Secret.managed(stack, 'password', { provider, value }))
    const found = Secret.fromName(stack, 'found', 'found')
    const consumer = Agent.named('billing')
    const env = (id: string, props: object) =>
      named(id, new agyn.Env(stack, `env-${id}`, { consumer, name: id, ...props } as never))
    env('secret', { secret: stripe })
    env('template', { template: agyn.secretTemplate`${user}:${password}:${found}` })
    env('plain', { value: 'eu' })
    env('found', { secret: found })
    new Preflight(stack, 'preflight')
    const [start] = asked()
    expect([...new Set(start?.['depends_on'] as string[])].sort()).toEqual([
      'agyn_env.found',
      'agyn_env.plain',
      'agyn_env.secret',
      'agyn_env.template',
      'agyn_secret.password',
      'agyn_secret.stripe',
      'agyn_secret.user',
      'agyn_secret_provider.vault',
    ])
  })

  it('asks for consumers and envs that come after it, and after a synth', () => {
    const { stack, value, asked } = inStack()
    const secret = Secret.local(stack, 'stripe', { value })
    new Preflight(stack, 'preflight')
    Agent.named('billing').addEnv('A', secret)
    expect(asked()).toHaveLength(1)
    const dependencies = () => (asked()[0]?.['depends_on'] as string[]).length
    expect(dependencies()).toBe(2)
    Agent.named('billing').addEnv('B', secret)
    Agent.named('support').addEnv('A', secret)
    expect(asked()).toHaveLength(2)
    expect(dependencies()).toBe(4)
  })

  it('asks for those alone that are named, with or without envs here', () => {
    const { stack, value, asked } = inStack()
    const secret = Secret.local(stack, 'stripe', { value })
    Agent.named('billing').addEnv('A', secret)
    Agent.named('support').addEnv('A', secret)
    const consumers = [Agent.named('billing'), McpServer.named('github'), McpServer.named('github')]
    new Preflight(stack, 'preflight', { consumers })
    expect(asked()).toEqual([
      { consumer: { kind: 'agent', id: 'billing' }, depends_on: expect.any(Array) as unknown },
      { consumer: { kind: 'mcp_server', id: 'github' }, depends_on: [] },
    ])
  })

  it('asks nothing of a stack without envs', () => {
    const { app, stack } = inStack()
    new Preflight(stack, 'preflight')
    expect(rendered(packages, stack).data).toBeUndefined()
    expect(refusals(app)).toEqual([])
  })

  it('asks in each organization that gives a consumer envs', () => {
    const { stack, value, asked } = inStack()
    for (const id of ['acme', 'globex']) {
      const organization = new Organization(stack, id)
      organization.resource.overrideLogicalId(id)
      Agent.named('billing').addEnv('A', Secret.local(organization, 'stripe', { value }))
    }
    new Preflight(stack, 'preflight')
    const starts = asked()
    expect(starts.map((start) => start['organization_id']).sort()).toEqual([
      '${agyn_organization.acme.id}',
      '${agyn_organization.globex.id}',
    ])
    for (const start of starts) expect(start['depends_on']).toHaveLength(2)
  })

  it('asks in the organization that it lies in for who has no envs here', () => {
    const { stack, asked } = inStack()
    const acme = Organization.fromId(stack, 'acme', 'id-of-acme')
    new Preflight(acme, 'preflight', { consumers: [Agent.named('billing')] })
    expect(asked()).toEqual([
      {
        consumer: { kind: 'agent', id: 'billing' },
        organization_id: 'id-of-acme',
        depends_on: [],
      },
    ])
  })

  it('asks by the Terraform provider that made the envs, and by the one that it is given', () => {
    const { stack, value, asked } = inStack()
    const alias = (name: string) => new agyn.AgynProvider(stack, name, { alias: name })
    const [staging, other] = [alias('staging'), alias('other')]
    const secret = Secret.local(stack, 'stripe', { value, terraformProvider: staging })
    Agent.named('billing').addEnv('A', secret)
    new Preflight(stack, 'preflight')
    expect(asked()).toEqual([expect.objectContaining({ provider: 'agyn.staging' })])
    new Preflight(stack, 'second', { terraformProvider: other })
    expect(asked()).toContainEqual(expect.objectContaining({ provider: 'agyn.other' }))
  })

  it.each([
    ['a boolean', () => false, false],
    [
      'a variable',
      (stack: ReturnType<typeof inStack>['stack']) =>
        new cdk.TerraformVariable(stack, 'gate', { type: 'bool', default: true }).booleanValue,
      '${var.gate}',
    ],
  ])('can be told not to fail, by %s', (_, fail, expected) => {
    const { app, stack, value, asked } = inStack()
    Agent.named('billing').addEnv('A', Secret.local(stack, 'stripe', { value }))
    new Preflight(stack, 'preflight', { fail: fail(stack) })
    expect(asked()).toEqual([expect.objectContaining({ fail: expected })])
    expect(refusals(app)).toEqual([])
  })

  it('keeps what somebody adds below it', () => {
    const { app, stack, value } = inStack()
    Agent.named('billing').addEnv('A', Secret.local(stack, 'stripe', { value }))
    const preflight = new Preflight(stack, 'preflight')
    const output = new cdk.TerraformOutput(preflight, 'own', { value: 'x' })
    expect(refusals(app)).toEqual([])
    expect(preflight.node.tryFindChild('own')).toBe(output)
  })

  it('asks not for what a stack within this one gives', () => {
    const { app, stack, value, asked } = inStack()
    const inner = addStack(packages, stack, 'inner')
    const key = new agyn.EphemeralVariable(inner, 'value').stringValue
    Agent.named('inner').addEnv('A', Secret.local(inner, 'stripe', { value: key }))
    Agent.named('outer').addEnv('A', Secret.local(stack, 'stripe', { value }))
    new Preflight(stack, 'preflight')
    expect(asked().map(({ consumer }) => consumer)).toEqual([{ kind: 'agent', id: 'outer' }])
    expect(refusals(app)).toEqual([])
  })

  it('warns of a consumer to whom the stack gives nothing', () => {
    const { app, stack, value } = inStack()
    Agent.named('billing').addEnv('A', Secret.local(stack, 'stripe', { value }))
    const consumers = [Agent.named('biling'), Agent.named('billing')]
    new Preflight(stack, 'preflight', { consumers })
    expect(annotations(app)).toContain(
      '[stack/preflight] This stack gives agent biling no env. Is its id right?',
    )
    expect(annotations(app).join()).not.toContain('agent billing')
  })

  it('has addresses without what only Terraform knows', () => {
    const { stack, value } = inStack()
    const id = new cdk.TerraformVariable(stack, 'id', {}).stringValue
    Agent.named(id).addEnv('A', Secret.local(stack, 'stripe', { value }))
    new Preflight(stack, 'preflight')
    const { data, resource } = rendered(packages, stack)
    expect(Object.keys(data['agyn_preflight'] ?? {})).toEqual([
      expect.stringMatching(/^preflight_agent_[0-9A-F]{8}$/),
    ])
    expect(Object.keys(resource['agyn_env'] ?? {})).toEqual([
      expect.stringMatching(/^agent-A_[0-9A-F]{8}$/),
    ])
    expect(only(data['agyn_preflight'])['consumer']).toEqual({ kind: 'agent', id: '${var.id}' })
  })
})
