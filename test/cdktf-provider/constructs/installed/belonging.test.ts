import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { begin, refusals, rendered, type Block } from '../../../support/stacks.ts'

describe.each(installed)('what a construct belongs to, with $framework', (packages) => {
  const { agyn, constructs } = packages
  const { Organization, Scope, Secret, SecretProvider, VaultAuth, Agent, Env } = agyn
  const vault = { address: 'https://vault:8200', auth: VaultAuth.kubernetes({ role: 'agents' }) }

  const inStack = () => {
    const { app, stack } = begin(packages)
    const value = new agyn.EphemeralVariable(stack, 'value').stringValue
    const block = (type: string, name: string): Block => {
      const blocks = Object.values(rendered(packages, stack).resource[type] ?? {})
      return blocks.find((each) => each['name'] === name) ?? {}
    }
    return { app, stack, value, block }
  }

  const organizationId = '${agyn_organization.acme.id}'

  it('is nothing at the top of a stack: the organization of the token, and its root', () => {
    const { stack, value, block } = inStack()
    const secret = Secret.local(stack, 'stripe', { value })
    SecretProvider.vault(stack, 'vault', vault)
    Agent.named('billing').addEnv('KEY', secret)
    for (const [type, name] of [
      ['agyn_secret', 'stripe'],
      ['agyn_secret_provider', 'vault'],
      ['agyn_env', 'KEY'],
    ] as const) {
      expect(block(type, name)).not.toHaveProperty('organization_id')
      expect(block(type, name)).not.toHaveProperty('scope_id')
    }
  })

  it('is the organization that it lies in, however deep', () => {
    const { stack, value, block } = inStack()
    const acme = new Organization(stack, 'acme')
    acme.resource.overrideLogicalId('acme')
    const group = new constructs.Construct(acme, 'group')
    const secret = Secret.local(group, 'stripe', { value })
    const provider = SecretProvider.vault(group, 'vault', vault)
    provider.secret('kv/data/stripe', { name: 'remote' })
    Agent.named('billing').addEnv('KEY', secret).addPlainEnv(group, 'REGION', 'eu')
    for (const [type, name] of [
      ['agyn_secret', 'stripe'],
      ['agyn_secret', 'remote'],
      ['agyn_secret_provider', 'vault'],
      ['agyn_env', 'KEY'],
      ['agyn_env', 'REGION'],
    ] as const) {
      expect(block(type, name)).toMatchObject({ organization_id: organizationId })
    }
    expect(block('agyn_secret', 'stripe')).not.toHaveProperty('scope_id')
  })

  it('is the innermost scope that it lies in, with the organization of that', () => {
    const { stack, value, block } = inStack()
    const acme = new Organization(stack, 'acme')
    acme.resource.overrideLogicalId('acme')
    const eu = acme.team('payments').workspace('eu')
    eu.resource.overrideLogicalId('eu')
    acme.team('payments').resource.overrideLogicalId('payments')
    Secret.local(new constructs.Construct(eu, 'group'), 'stripe', { value })
    expect(block('agyn_secret', 'stripe')).toMatchObject({
      organization_id: organizationId,
      scope_id: '${agyn_scope.eu.id}',
    })
    expect(block('agyn_scope', 'eu')).toEqual({
      kind: 'workspace',
      name: 'eu',
      organization_id: organizationId,
      parent_id: '${agyn_scope.payments.id}',
    })
    expect(block('agyn_scope', 'payments')).not.toHaveProperty('parent_id')
  })

  it('is what is said, before what the tree says', () => {
    const { stack, value, block } = inStack()
    const acme = new Organization(stack, 'acme')
    acme.resource.overrideLogicalId('acme')
    const globex = new Organization(stack, 'globex')
    globex.resource.overrideLogicalId('globex')
    const support = acme.team('support')
    support.resource.overrideLogicalId('support')
    Secret.local(acme.team('payments'), 'by-scope', { value, scope: support })
    Secret.local(acme.team('payments'), 'by-organization', { value, organization: globex })
    Secret.local(stack, 'far', { value, scope: support })
    expect(block('agyn_secret', 'by-scope')).toMatchObject({
      organization_id: organizationId,
      scope_id: '${agyn_scope.support.id}',
    })
    expect(block('agyn_secret', 'by-organization')).toMatchObject({
      organization_id: '${agyn_organization.globex.id}',
    })
    expect(block('agyn_secret', 'by-organization')).not.toHaveProperty('scope_id')
    expect(block('agyn_secret', 'far')).toEqual(
      expect.objectContaining({
        organization_id: organizationId,
        scope_id: '${agyn_scope.support.id}',
      }),
    )
  })

  it('is the organization of its secret provider, when nothing else says', () => {
    const { stack, value, block } = inStack()
    const acme = new Organization(stack, 'acme')
    acme.resource.overrideLogicalId('acme')
    const provider = SecretProvider.vault(acme, 'vault', vault)
    Secret.managed(stack, 'signing-key', { provider, value })
    expect(block('agyn_secret', 'signing-key')).toMatchObject({ organization_id: organizationId })
  })

  it('is the organization of its secret, for a variable that is made elsewhere', () => {
    const { stack, value, block } = inStack()
    const acme = new Organization(stack, 'acme')
    acme.resource.overrideLogicalId('acme')
    const secret = Secret.local(acme, 'stripe', { value })
    Agent.named('billing').addEnv('KEY', secret, { scope: stack })
    expect(block('agyn_env', 'KEY')).toMatchObject({ organization_id: organizationId })
  })

  it('is found by the tree, for a construct of the user', () => {
    const { stack } = inStack()
    const payments = new Organization(stack, 'acme').team('payments')
    const group = new constructs.Construct(payments, 'group')
    expect(Scope.of(group)).toBe(payments)
    expect(Organization.of(group)).toBe(stack.node.findChild('acme'))
    expect(Scope.of(payments)).toBeUndefined()
    expect(Organization.of(stack)).toBeUndefined()
  })

  it('is known of what exists, too', () => {
    const { stack, value, block } = inStack()
    const acme = Organization.fromId(stack, 'acme', '0197b3c4')
    const payments = Scope.fromId(acme, 'payments', '0197b3c5')
    Secret.local(payments, 'stripe', { value })
    Secret.local(payments, 'elsewhere', { value, organization: acme })
    for (const name of ['stripe', 'elsewhere']) {
      expect(block('agyn_secret', name)).toMatchObject({
        organization_id: '0197b3c4',
        scope_id: '0197b3c5',
      })
    }
    expect(rendered(packages, stack).data).toBeUndefined()
  })

  describe('when two do not go together', () => {
    const twoOrganizations = () => {
      const place = inStack()
      const acme = new Organization(place.stack, 'acme')
      const globex = new Organization(place.stack, 'globex')
      return { ...place, acme, globex }
    }

    it('refuses a secret on a secret provider of another organization', () => {
      const { app, stack, value, acme, globex } = twoOrganizations()
      const provider = SecretProvider.vault(acme, 'vault', vault)
      const sentence =
        'The secret provider stack/acme/vault is of another organization than this secret.'
      Secret.remote(globex, 'remote', { provider, remotePath: 'kv/data/stripe' })
      Secret.managed(globex.team('payments'), 'managed', { provider, value })
      provider.secret('kv/data/short', { organization: globex })
      Secret.remote(stack, 'said', { provider, remotePath: 'kv/data/x', organization: globex })
      const refused = refusals(app)
      expect(refused).toHaveLength(4)
      for (const line of refused) expect(line).toContain(sentence)
    })

    it('refuses a variable with a secret of another organization', () => {
      const { app, stack, value, acme, globex } = twoOrganizations()
      const own = Secret.local(acme, 'own', { value })
      const strange = Secret.local(globex, 'strange', { value })
      const consumer = Agent.named('billing')
      new Env(stack, 'secret', { consumer, name: 'A', secret: strange, organization: acme })
      const template = agyn.secretTemplate`${own}:${strange}`
      new Env(acme, 'template', { consumer, name: 'B', template })
      expect(refusals(app)).toEqual([
        expect.stringContaining('[stack/acme/template] The secret stack/globex/strange is of'),
        expect.stringContaining('[stack/secret] The secret stack/globex/strange is of another'),
      ])
    })

    it('refuses a scope of another organization', () => {
      const { app, stack, value, acme, globex } = twoOrganizations()
      Secret.local(stack, 'stripe', { value, organization: acme, scope: globex.team('payments') })
      expect(refusals(app)).toEqual([
        expect.stringContaining(
          '[stack/stripe] The scope stack/globex/team-payments is of another organization than stack/acme. Leave one of them out.',
        ),
      ])
    })

    it('refuses them by their ids and by their names as well', () => {
      const { app, stack, value } = inStack()
      const one = Organization.fromId(stack, 'one', '0197b3c4')
      const two = Organization.fromId(stack, 'two', '0197b3c5')
      const acme = Organization.fromName(stack, 'acme', 'acme')
      const globex = Organization.fromName(stack, 'globex', 'globex')
      const ofOne = SecretProvider.fromId(one, 'store', '0197b3c6')
      const ofAcme = SecretProvider.fromId(acme, 'store', '0197b3c6')
      Secret.managed(two, 'by-id', { provider: ofOne, value })
      Secret.managed(globex, 'by-name', { provider: ofAcme, value })
      // Perhaps it is the same one.
      Secret.managed(globex, 'unknown', { provider: ofOne, value })
      expect(refusals(app)).toEqual([
        expect.stringContaining(
          '[stack/two/by-id] The secret provider stack/one/store is of another',
        ),
        expect.stringContaining(
          '[stack/globex/by-name] The secret provider stack/acme/store is of',
        ),
      ])
    })

    it.each([
      ['team', 'workspace'],
      ['team', 'project'],
      ['workspace', 'project'],
      ['team', 'team'],
      ['project', 'project'],
    ] as const)('refuses a %s in a %s', (kind, parent) => {
      const { app, stack } = inStack()
      const wide = new Scope(stack, 'wide', { kind: parent })
      new Scope(wide, 'narrow', { kind })
      new Scope(stack, 'said', { kind, parent: wide })
      const sentence = `A ${kind} does not fit in a ${parent}: from wide to narrow they are team, workspace, project.`
      expect(refusals(app)).toEqual([
        expect.stringContaining(`[stack/wide/narrow] ${sentence}`),
        expect.stringContaining(`[stack/said] ${sentence}`),
      ])
    })
  })
})
