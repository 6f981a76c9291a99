import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { addStack, annotations, begin } from '../../../support/stacks.ts'

describe.each(installed)('a warning, with $framework', (packages) => {
  const { cdk, agyn } = packages
  const { Agent, Env, Organization, Preflight, Secret, SecretProvider, VaultAuth } = agyn

  const unusedSecret = 'No consumer in this app is given this secret. Is it needed?'
  const unusedProvider = 'No secret uses this provider. Is it needed?'

  const inStack = () => {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'value').stringValue
    const provider = () =>
      SecretProvider.vault(stack, 'vault', {
        address: 'https://vault:8200',
        auth: VaultAuth.kubernetes({ role: 'agents' }),
      })
    return { app, stack, value, provider }
  }

  it('tells of a secret that nobody is given, and of a provider that nobody uses', () => {
    const { app, stack, value, provider } = inStack()
    provider()
    Secret.local(new Organization(stack, 'acme').team('payments'), 'stripe', { value })
    expect(annotations(app)).toEqual([
      `[stack/vault] ${unusedProvider}`,
      `[stack/acme/team-payments/stripe] ${unusedSecret}`,
    ])
  })

  it('tells of a secret of a provider once, and not of the provider', () => {
    const { app, provider } = inStack()
    provider().secret('kv/data/stripe')
    expect(annotations(app)).toEqual([
      expect.stringMatching(/^\[stack\/vault\/kv-data-stripe-\w+\] No consumer in this app/),
    ])
  })

  it('is told once, however often the app is synthesized', () => {
    const { app, stack, value } = inStack()
    Secret.local(stack, 'stripe', { value })
    expect(annotations(app)).toEqual([`[stack/stripe] ${unusedSecret}`])
    expect(annotations(app)).toEqual([`[stack/stripe] ${unusedSecret}`])
  })

  it('tells nothing of what only exists', () => {
    const { app, stack } = inStack()
    Secret.fromId(stack, 'by-id', '0197b3c4')
    Secret.fromName(stack, 'by-name', 'stripe')
    SecretProvider.fromName(stack, 'provider', 'vault')
    expect(annotations(app)).toEqual([])
  })

  describe('is not told of a secret', () => {
    it('that a consumer is given', () => {
      const { app, stack, value, provider } = inStack()
      Agent.named('billing')
        .addEnv('LOCAL', Secret.local(stack, 'local', { value }))
        .addEnv('MANAGED', Secret.managed(stack, 'managed', { value, provider: provider() }))
      const secret = Secret.local(stack, 'env', { value })
      new Env(stack, 'by-env', { consumer: Agent.named('billing'), name: 'ENV', secret })
      expect(annotations(app)).toEqual([])
    })

    it('that is part of a template', () => {
      const { app, stack, value } = inStack()
      const user = Secret.local(stack, 'user', { value })
      const password = Secret.local(stack, 'password', { value })
      const template = agyn.secretTemplate`postgres://${user}:${password}@db/app`
      Agent.named('billing').addEnv('DATABASE_URL', template)
      expect(annotations(app)).toEqual([])
    })

    it.each(['secretId', 'secretName', 'reference'] as const)(
      'whose %s another resource takes',
      (attribute) => {
        const { app, stack, value } = inStack()
        const secret = Secret.local(stack, 'stripe', { value })
        const other = new cdk.TerraformResource(stack, 'other', {
          terraformResourceType: 'kubernetes_secret',
        })
        other.addOverride('data.reference', secret[attribute])
        expect(annotations(app)).toEqual([])
      },
    )

    it('that a preflight asks for', () => {
      const { app, stack, value } = inStack()
      Agent.named('billing').addEnv('KEY', Secret.local(stack, 'stripe', { value }))
      new Preflight(stack, 'preflight')
      expect(annotations(app)).toEqual([])
    })

    it('that an L1 is given', () => {
      const { app, stack, value } = inStack()
      new agyn.env.Env(stack, 'env', {
        consumer: { kind: 'agent', id: 'billing' },
        name: 'KEY',
        secretId: Secret.local(stack, 'stripe', { value }).secretId,
      })
      expect(annotations(app)).toEqual([])
    })

    it('that another stack gives a consumer', () => {
      const { app, stack, value, provider } = inStack()
      const vault = provider()
      const stripe = Secret.local(stack, 'stripe', { value })
      const workloads = addStack(packages, app, 'workloads')
      Agent.named('billing')
        .addEnv('STRIPE', stripe, { scope: workloads })
        .addEnv('REMOTE', Secret.remote(workloads, 'r', { provider: vault, remotePath: 'kv/a' }))
      expect(annotations(app)).toEqual([])
    })

    it('that an output shows the reference of', () => {
      const { app, stack, provider } = inStack()
      const { reference } = provider().secret('kv/data/stripe')
      new cdk.TerraformOutput(stack, 'reference', { value: reference })
      expect(annotations(app)).toEqual([])
    })
  })
})
