import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { begin, refusals, rendered } from '../../../support/stacks.ts'

describe.each(installed)('a look-up, with $framework', (packages) => {
  const { cdk, agyn } = packages
  const { Agent, Organization, Scope, Secret, SecretProvider } = agyn

  it('by id is none while the id is enough', () => {
    const { app, stack } = begin(packages)
    const acme = Organization.fromId(stack, 'acme', 'id-of-acme')
    const payments = Scope.fromId(acme, 'payments', 'id-of-payments')
    const provider = SecretProvider.fromId(payments, 'vault', 'id-of-vault')
    const secret = Secret.fromId(payments, 'stripe', 'id-of-stripe')
    Agent.named('billing').addEnv('STRIPE', secret).addEnv('REMOTE', provider.secret('kv/data/x'))
    const { data, resource } = rendered(packages, stack)
    expect(data).toBeUndefined()
    expect(Object.values(resource['agyn_env'] ?? {})).toContainEqual(
      expect.objectContaining({ secret_id: 'id-of-stripe', organization_id: 'id-of-acme' }),
    )
    expect(Object.values(resource['agyn_secret'] ?? {})).toEqual([
      expect.objectContaining({
        provider_id: 'id-of-vault',
        scope_id: 'id-of-payments',
        organization_id: 'id-of-acme',
      }),
    ])
    expect(refusals(app)).toEqual([])
  })

  it('by id is made once when a name or a reference is asked for', () => {
    const { stack } = begin(packages)
    const secret = Secret.fromId(stack, 'stripe', 'id-of-stripe')
    const provider = SecretProvider.fromId(stack, 'vault', 'id-of-vault')
    const other = new cdk.TerraformResource(stack, 'other', {
      terraformResourceType: 'kubernetes_secret',
    })
    other.addOverride('data', [
      secret.secretName,
      secret.reference,
      secret.secretId,
      provider.providerName,
      provider.providerName,
    ])
    const { data, resource } = rendered(packages, stack)
    const [found] = Object.keys(data['agyn_secret'] ?? {})
    const [store] = Object.keys(data['agyn_secret_provider'] ?? {})
    expect(data).toEqual({
      agyn_secret: { [String(found)]: { id: 'id-of-stripe' } },
      agyn_secret_provider: { [String(store)]: { id: 'id-of-vault' } },
    })
    expect(resource['kubernetes_secret']).toEqual({
      other: {
        data: [
          `\${data.agyn_secret.${found}.name}`,
          `\${data.agyn_secret.${found}.reference}`,
          'id-of-stripe',
          `\${data.agyn_secret_provider.${store}.name}`,
          `\${data.agyn_secret_provider.${store}.name}`,
        ],
      },
    })
  })

  it('by name says where the thing is, and gives its id', () => {
    const { app, stack } = begin(packages)
    const acme = Organization.fromName(stack, 'acme', 'Acme Ltd')
    const eu = Scope.fromPath(acme, 'eu', ['payments', 'eu'])
    const provider = SecretProvider.fromName(acme, 'vault', 'vault-prod')
    const inTree = Secret.fromName(eu, 'stripe', 'stripe-api-key')
    const said = Secret.fromName(stack, 'said', 'stripe-api-key', { scope: eu })
    const ofRoot = Secret.fromName(stack, 'root', 'github', { organization: acme })
    Agent.named('billing').addEnv('A', inTree).addEnv('B', said).addEnv('C', ofRoot)
    provider.secret('kv/data/x')
    const { data, resource } = rendered(packages, stack)
    const address = (type: string) => Object.keys(data[type] ?? {}).join()
    const id = { organization_id: `\${data.agyn_organization.${address('agyn_organization')}.id}` }
    const scope_id = `\${data.agyn_scope.${address('agyn_scope')}.id}`
    const blocks = (type: string) => Object.values(data[type] ?? {})
    expect(blocks('agyn_organization')).toEqual([{ name: 'Acme Ltd' }])
    expect(blocks('agyn_scope')).toEqual([{ ...id, path: ['payments', 'eu'] }])
    expect(blocks('agyn_secret_provider')).toEqual([{ ...id, name: 'vault-prod' }])
    const inScope = { ...id, scope_id, name: 'stripe-api-key' }
    expect(blocks('agyn_secret')).toHaveLength(3)
    expect(blocks('agyn_secret')).toEqual(
      expect.arrayContaining([inScope, inScope, { ...id, name: 'github' }]),
    )
    for (const env of Object.values(resource['agyn_env'] ?? {})) {
      expect(env).toMatchObject(id)
      expect(env['secret_id']).toMatch(/^\$\{data\.agyn_secret\.\w+\.id\}$/)
    }
    expect(refusals(app)).toEqual([])
  })

  it('is made by the Terraform provider that it is given', () => {
    const { stack } = begin(packages)
    const terraformProvider = new agyn.AgynProvider(stack, 'staging', { alias: 'staging' })
    const acme = Organization.fromName(stack, 'acme', 'acme', { terraformProvider })
    Secret.fromName(stack, 'stripe', 'stripe', { organization: acme, terraformProvider })
    SecretProvider.fromName(stack, 'vault', 'vault', { terraformProvider })
    Scope.fromPath(stack, 'payments', ['payments'], { terraformProvider })
    const { data } = rendered(packages, stack)
    const found = Object.values(data).flatMap((blocks) => Object.values(blocks))
    expect(found).toHaveLength(4)
    for (const each of found) expect(each).toMatchObject({ provider: 'agyn.staging' })
  })

  it('takes an id that only Terraform knows', () => {
    const { app, stack } = begin(packages)
    const id = new cdk.TerraformVariable(stack, 'id', {}).stringValue
    const acme = Organization.fromId(stack, 'acme', id)
    Agent.named('billing').addEnv('A', Secret.fromId(acme, 'stripe', id))
    Secret.remote(Scope.fromId(acme, 'scope', id), 'remote', {
      provider: SecretProvider.fromId(acme, 'vault', id),
      remotePath: 'kv/data/x',
    })
    expect(refusals(app)).toEqual([])
  })
})
