import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { begin, only, refusals, rendered } from '../../../support/stacks.ts'

describe.each(installed)('Secret, with $framework', (packages) => {
  const { cdk, agyn } = packages
  const { Agent, Secret, SecretProvider, VaultAuth } = agyn

  const inStack = () => {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'value').stringValue
    const provider = SecretProvider.vault(stack, 'vault', {
      address: 'https://vault:8200',
      auth: VaultAuth.kubernetes({ role: 'agents' }),
    })
    provider.resource.overrideLogicalId('vault')
    const block = () => only(rendered(packages, stack).resource['agyn_secret'])
    return { app, stack, value, provider, block }
  }

  it('sends a value by a write-only argument, and is called after the construct', () => {
    const { stack, value, block } = inStack()
    Secret.local(stack, 'stripe-api-key', { value })
    expect(block()).toEqual({
      name: 'stripe-api-key',
      storage: 'local',
      value_wo: '${var.value}',
      value_wo_version: 1,
    })
  })

  it('takes all that a secret can have', () => {
    const { stack, value, block } = inStack()
    Secret.local(stack, 'stripe', {
      name: 'Stripe',
      value,
      valueVersion: 7,
      category: 'provider_credential',
      description: 'Charges cards.',
      expiresAt: '2027-01-31T12:00:00Z',
      rotateEvery: '90d',
      forceDestroy: true,
    })
    expect(block()).toEqual({
      name: 'Stripe',
      storage: 'local',
      value_wo: '${var.value}',
      value_wo_version: 7,
      category: 'provider_credential',
      description: 'Charges cards.',
      expires_at: '2027-01-31T12:00:00Z',
      rotate_every: '90d',
      force_destroy: true,
    })
  })

  it.each([
    [{}, { value_wo: '${var.value}', value_wo_version: 1 }],
    [{ encoding: 'base64' }, { value_base64_wo: '${var.value}', value_wo_version: 1 }],
    [{ valueInState: true }, { value: '${var.value}' }],
    [{ valueInState: true, encoding: 'base64' }, { value_base64: '${var.value}' }],
    [
      { valueInState: false, encoding: 'utf8' },
      { value_wo: '${var.value}', value_wo_version: 1 },
    ],
  ] as const)('gives the value to the argument that %j asks for', (props, expected) => {
    const { stack, value, block } = inStack()
    Secret.local(stack, 'stripe', { value, ...props })
    expect(block()).toEqual({ name: 'stripe', storage: 'local', ...expected })
  })

  it('is kept in a store of its own when it is managed', () => {
    const { stack, value, provider, block } = inStack()
    Secret.managed(stack, 'signing-key', { provider, value, encoding: 'base64', valueVersion: 2 })
    expect(block()).toEqual({
      name: 'signing-key',
      storage: 'managed',
      provider_id: '${agyn_secret_provider.vault.id}',
      value_base64_wo: '${var.value}',
      value_wo_version: 2,
    })
  })

  it('is read from its store when it is remote', () => {
    const { stack, provider, block } = inStack()
    Secret.remote(stack, 'stripe', { provider, remotePath: 'kv/data/prod/stripe' })
    expect(block()).toEqual({
      name: 'stripe',
      storage: 'remote',
      provider_id: '${agyn_secret_provider.vault.id}',
      remote_path: 'kv/data/prod/stripe',
    })
  })

  it('takes the place of a remote secret in the short form, and is called after it', () => {
    const { provider, block } = inStack()
    provider.secret('kv/data/prod/stripe', { key: '/api/key', version: '3', rotateEvery: '2w' })
    expect(block()).toEqual({
      name: 'kv-data-prod-stripe--api-key-3',
      storage: 'remote',
      provider_id: '${agyn_secret_provider.vault.id}',
      remote_path: 'kv/data/prod/stripe',
      remote_key: '/api/key',
      remote_version: '3',
      rotate_every: '2w',
    })
  })

  it('keeps its address in the short form when another one comes before it', () => {
    const addresses = (paths: readonly string[]) => {
      const { stack, provider } = inStack()
      for (const path of paths) provider.secret(path)
      return Object.keys(rendered(packages, stack).resource['agyn_secret'] ?? {})
    }
    expect(addresses(['kv/b', 'kv/a'])).toEqual(expect.arrayContaining(addresses(['kv/a'])))
    // Two paths that differ in signs alone.
    expect(new Set(addresses(['kv/a-b', 'kv/a b', 'kv/a.b', 'kv/a_b'])).size).toBe(4)
  })

  it('is given to any resource as a reference, a name and an id', () => {
    const { stack, provider } = inStack()
    const secret = provider.secret('kv/data/stripe')
    secret.resource.overrideLogicalId('stripe')
    const other = new cdk.TerraformResource(stack, 'other', {
      terraformResourceType: 'kubernetes_secret',
    })
    other.addOverride('data', {
      reference: secret.reference,
      joined: `name=${secret.secretName}`,
      id: secret.secretId,
    })
    expect(only(rendered(packages, stack).resource['kubernetes_secret'])['data']).toEqual({
      reference: '${agyn_secret.stripe.reference}',
      joined: 'name=${agyn_secret.stripe.name}',
      id: '${agyn_secret.stripe.id}',
    })
  })

  it('may be given another address after others refer to it', () => {
    const { app, stack, value, provider } = inStack()
    const secret = Secret.managed(stack, 'stripe', { provider, value })
    Agent.named('billing').addEnv('KEY', secret)
    new agyn.Preflight(stack, 'preflight')
    provider.resource.overrideLogicalId('vault_prod')
    secret.resource.overrideLogicalId('stripe_api_key')
    const { resource, data } = rendered(packages, stack)
    expect(resource['agyn_secret']).toMatchObject({
      stripe_api_key: { provider_id: '${agyn_secret_provider.vault_prod.id}' },
    })
    expect(only(resource['agyn_env'])['secret_id']).toBe('${agyn_secret.stripe_api_key.id}')
    expect(only(data['agyn_preflight'])['depends_on']).toEqual([
      expect.stringMatching(/^agyn_env\./),
      'agyn_secret.stripe_api_key',
      'agyn_secret_provider.vault_prod',
    ])
    expect(refusals(app)).toEqual([])
  })

  it('is refused at an address that Terraform refuses, or that another one has', () => {
    const { app, stack, value } = inStack()
    for (const id of ['one', 'two', 'three']) Secret.local(stack, id, { value })
    const { resource } = stack.node.findChild('one') as ReturnType<typeof Secret.local>
    resource.overrideLogicalId('stripe.key')
    for (const id of ['two', 'three']) {
      const secret = stack.node.findChild(id) as ReturnType<typeof Secret.local>
      secret.resource.overrideLogicalId('same')
    }
    expect(refusals(app)).toEqual([
      expect.stringContaining('[stack/one] Its Terraform address would be `stripe.key`, and has'),
      '[stack/three] It has the Terraform address of stack/two, `same`. Give overrideLogicalId another one.',
    ])
  })

  it('takes meta-arguments by its L1', () => {
    const { stack, value, block } = inStack()
    const { resource } = Secret.local(stack, 'stripe', { value })
    resource.lifecycle = { preventDestroy: true }
    expect(block()).toMatchObject({ lifecycle: { prevent_destroy: true } })
    expect(stack.node.findChild('stripe').node.defaultChild).toBe(resource)
  })

  it.each(['12h', '90d', '2w', 'P90D', 'PT12H'])('may be replaced every %s', (rotateEvery) => {
    const { app, stack, value } = inStack()
    Secret.local(stack, 'stripe', { value, rotateEvery })
    expect(refusals(app)).toEqual([])
  })

  it.each(['90', '0d', 'P1M', '1y', 'often', ''])('refuses %j for an interval', (rotateEvery) => {
    const { app, stack, value } = inStack()
    Secret.local(stack, 'stripe', { value, rotateEvery })
    expect(refusals(app)).toEqual([expect.stringContaining('[stack/stripe] `rotateEvery` is no')])
  })

  it('leaves to the plan what only Terraform knows', () => {
    const { app, stack, value } = inStack()
    const variable = (id: string) => new cdk.TerraformVariable(stack, id, {}).stringValue
    Secret.local(stack, 'stripe', {
      value,
      name: variable('name'),
      rotateEvery: variable('interval'),
      expiresAt: variable('expiry'),
    })
    expect(refusals(app)).toEqual([])
  })
})
