import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { addStack, begin, newApp, refusals } from '../../../support/stacks.ts'

describe.each(installed)('a name, with $framework', (packages) => {
  const { cdk, agyn } = packages
  const { Agent, Env, McpServer, Organization, Scope, Secret, SecretProvider, VaultAuth } = agyn

  const inStack = () => {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'value').stringValue
    return { app, stack, value }
  }
  const vault = { address: 'https://vault:8200', auth: VaultAuth.kubernetes({ role: 'agents' }) }

  describe('of a secret', () => {
    it('is refused twice in one scope, whatever the storage', () => {
      const { app, stack, value } = inStack()
      const provider = SecretProvider.vault(stack, 'vault', vault)
      Secret.local(stack, 'stripe', { value })
      Secret.managed(stack, 'two', { name: 'stripe', value, provider })
      provider.secret('kv/data/stripe', { name: 'stripe' })
      const advice = 'Another secret has this name already: stack/stripe. Give it another name, or'
      expect(refusals(app)).toEqual([
        expect.stringContaining(`[stack/vault/stripe] ${advice}`),
        expect.stringContaining(`[stack/two] ${advice}`),
      ])
    })

    it('is refused twice when both come from one path and key', () => {
      const { app, stack } = inStack()
      const provider = SecretProvider.vault(stack, 'vault', vault)
      provider.secret('kv/data/stripe', { key: 'api_key' })
      provider.secret('kv/data/stripe', { key: 'webhook_key' })
      expect(refusals(app)).toEqual([])
      provider.secret('kv/data/stripe', { key: 'api_key' })
      expect(refusals(app).join()).toMatch(/^\[stack\/vault\/[^,]* Another secret has this name/)
    })

    it('is taken once in each scope and in each organization', () => {
      const { app, stack, value } = inStack()
      const acme = new Organization(stack, 'acme')
      const globex = new Organization(stack, 'globex')
      const payments = acme.team('payments')
      const places = [stack, acme, globex, payments, payments.workspace('eu'), acme.team('support')]
      for (const place of places) Secret.local(place, 'stripe', { value })
      expect(refusals(app)).toEqual([])
    })

    it('is refused twice in one scope that is reached by two ways', () => {
      const { app, stack, value } = inStack()
      const acme = new Organization(stack, 'acme')
      Secret.local(acme.team('payments'), 'stripe', { value })
      Secret.local(stack, 'other', { name: 'stripe', value, scope: acme.team('payments') })
      expect(refusals(app)).toEqual([
        expect.stringContaining('[stack/other] Another secret has this name already'),
      ])
    })

    it('is refused twice in an organization that is given twice by its id', () => {
      const { app, stack, value } = inStack()
      for (const id of ['one', 'two']) {
        Secret.local(Organization.fromId(stack, id, '0197b3c4'), 'stripe', { value })
      }
      expect(refusals(app)).toEqual([
        expect.stringContaining('[stack/two/stripe] Another secret has this name already'),
      ])
    })

    it('is taken once by each Terraform provider', () => {
      const { app, stack, value } = inStack()
      const terraformProvider = new agyn.AgynProvider(stack, 'staging', { alias: 'staging' })
      Secret.local(stack, 'one', { name: 'stripe', value })
      Secret.local(stack, 'two', { name: 'stripe', value, terraformProvider })
      expect(refusals(app)).toEqual([])
    })

    it('is taken once in each stack, as when one is made for each stage', () => {
      const app = newApp(packages)
      for (const stage of ['staging', 'production']) {
        const stack = addStack(packages, app, stage)
        const value = new agyn.EphemeralVariable(stack, 'value').stringValue
        Secret.local(stack, 'stripe', { value })
      }
      expect(refusals(app)).toEqual([])
    })
  })

  it('of a secret provider is refused twice in one organization, and taken in each', () => {
    const { app, stack } = inStack()
    const acme = new Organization(stack, 'acme')
    SecretProvider.vault(acme, 'vault', vault)
    SecretProvider.vault(new Organization(stack, 'globex'), 'vault', vault)
    SecretProvider.gcpSecretManager(acme, 'google', { name: 'vault', projectId: 'acme-prod' })
    expect(refusals(app)).toEqual([
      expect.stringContaining(
        '[stack/acme/google] Another secret provider has this name already: stack/acme/vault.',
      ),
    ])
  })

  it('of an organization is refused twice', () => {
    const { app, stack } = inStack()
    new Organization(stack, 'acme')
    new Organization(stack, 'other', { name: 'acme' })
    expect(refusals(app)).toEqual([
      expect.stringContaining('[stack/other] Another organization has this name already'),
    ])
  })

  it('of a scope is refused twice in one parent, and taken in each', () => {
    const { app, stack } = inStack()
    const acme = new Organization(stack, 'acme')
    acme.team('payments').workspace('eu')
    acme.team('support').workspace('eu')
    new Scope(acme, 'again', { kind: 'team', name: 'payments' })
    expect(refusals(app)).toEqual([
      expect.stringContaining('[stack/acme/again] Another scope has this name already'),
    ])
  })

  it('of a scope leads to the same scope when it is asked for again', () => {
    const { app, stack } = inStack()
    const acme = new Organization(stack, 'acme')
    expect(acme.team('payments')).toBe(acme.team('payments'))
    expect(acme.team('my team')).toBe(acme.team('my team'))
    expect(acme.team('my team')).not.toBe(acme.team('my-team'))
    expect(refusals(app)).toEqual([])
  })

  it('of a scope is not mixed up with a construct that has its id', () => {
    const { stack, value } = inStack()
    const acme = new Organization(stack, 'acme')
    Secret.local(acme, 'team-payments', { value })
    expect(() => acme.team('payments')).toThrow(
      '[stack/acme/team-payments] This construct has the id that the team payments would have.',
    )
  })

  describe('of a variable', () => {
    it('is refused twice for one consumer, by whatever ways', () => {
      const { app, stack, value } = inStack()
      const secret = Secret.local(stack, 'stripe', { value })
      const template = agyn.secretTemplate`key=${secret}`
      const first = 'stack/agent-billing-STRIPE_API_KEY'
      Agent.named('billing').addEnv('STRIPE_API_KEY', secret).addEnv('STRIPE_API_KEY', template)
      Agent.named('billing').addPlainEnv(stack, 'STRIPE_API_KEY', 'none')
      new Env(stack, 'env', { consumer: Agent.named('billing'), name: 'STRIPE_API_KEY', secret })
      const refused = refusals(app)
      expect(refused).toHaveLength(3)
      for (const line of refused) {
        expect(line).toContain(`Another variable has this name already: ${first}.`)
        expect(line).toContain('agent billing can be given one value under a name')
      }
    })

    it('is taken once by each consumer, and by each kind of them', () => {
      const { app, stack, value } = inStack()
      const secret = Secret.local(stack, 'stripe', { value })
      const consumers = [Agent, McpServer, agyn.Hook, agyn.LlmProvider, agyn.ImagePullSecret]
      for (const kind of consumers) kind.named('billing').addEnv('KEY', secret)
      Agent.named('support').addEnv('KEY', secret)
      expect(refusals(app)).toEqual([])
    })

    it('is taken once in each organization', () => {
      const { app, stack, value } = inStack()
      for (const id of ['acme', 'globex']) {
        const secret = Secret.local(new Organization(stack, id), 'stripe', { value })
        Agent.named('billing').addEnv('KEY', secret)
      }
      expect(refusals(app)).toEqual([])
    })

    it.each(['A=B', 'A B', '1A', 'A-B', 'Ä', ' A'])('is refused when it is %j', (name) => {
      const { app, stack, value } = inStack()
      Agent.named('billing').addEnv(name, Secret.local(stack, 'stripe', { value }))
      const [line, ...others] = refusals(app)
      expect(line).toMatch(
        /^\[stack\/agent-billing-[\w-]+\] `name`: A name begins with a letter or `_`/,
      )
      expect(others).toEqual([])
    })

    it('is taken when only Terraform knows it', () => {
      const { app, stack } = inStack()
      const name = new cdk.TerraformVariable(stack, 'name', {}).stringValue
      Agent.named('billing').addPlainEnv(stack, name, 'x').addPlainEnv(stack, 'OTHER', 'y')
      expect(refusals(app)).toEqual([])
    })
  })

  it.each(['', ' stripe', 'a/b', 'a\nb', 'x'.repeat(201)])('is refused when it is %j', (name) => {
    const { app, stack, value } = inStack()
    Secret.local(stack, 'secret', { name, value })
    SecretProvider.vault(stack, 'provider', { ...vault, name })
    new Organization(stack, 'organization', { name })
    new Scope(stack, 'scope', { name, kind: 'team' })
    Secret.fromName(stack, 'found-secret', name)
    SecretProvider.fromName(stack, 'found-provider', name)
    Organization.fromName(stack, 'found-organization', name)
    const refused = refusals(app)
    expect(refused).toHaveLength(7)
    for (const line of refused) expect(line).toMatch(/^\[stack\/[\w-]+\] `name`: [A-Z].*\.$/)
  })

  it('may be what only Terraform knows', () => {
    const { app, stack, value } = inStack()
    const variable = new cdk.TerraformVariable(stack, 'name', {})
    for (const [id, name] of Object.entries({
      text: variable.stringValue,
      any: variable.value as string,
    })) {
      const organization = new Organization(stack, id)
      Secret.local(organization, 'secret', { name, value })
      SecretProvider.vault(organization, 'vault', { ...vault, name })
      new Scope(organization, 'scope', { kind: 'team', name })
      Secret.fromName(organization, 'found', name)
    }
    expect(refusals(app)).toEqual([])
  })

  it.each(['Stripe', 'stripe.apiKey', 'Production AWS', 'ключ', '1'])('may be %j', (name) => {
    const { app, stack, value } = inStack()
    Secret.local(stack, 'secret', { name, value })
    new Organization(stack, 'organization', { name }).team(name).workspace(name)
    expect(refusals(app)).toEqual([])
  })
})
