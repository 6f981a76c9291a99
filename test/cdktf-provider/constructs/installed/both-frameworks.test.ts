import { describe, expect, it } from 'vitest'
import type { TerraformStack } from 'cdktn'
import { installed, type Installed } from '../../../support/constructs.ts'
import { l2 } from '../../../support/secret-arguments.ts'
import { begin, refusals, rendered } from '../../../support/stacks.ts'

/** Something of everything, as a user writes it for either framework. */
function declare({ cdk, agyn, constructs }: Installed, stack: TerraformStack): void {
  const { Agent, Organization, Scope, Secret, SecretProvider, VaultAuth, secretTemplate } = agyn
  const variable = (id: string) => new cdk.TerraformVariable(stack, id, {}).stringValue
  const key = new agyn.EphemeralVariable(stack, 'key', { description: 'Of Stripe.' }).stringValue
  for (const { make } of l2) make(agyn, stack, key)

  const acme = new Organization(stack, 'acme', { name: 'Acme Ltd' })
  const eu = acme.team('my payments').workspace('eu').project('p-1')
  const vault = SecretProvider.vault(acme, 'vault', {
    address: variable('address'),
    auth: VaultAuth.aws({ role: 'agents', region: 'eu-west-1' }),
    caCertificate: cdk.Fn.file('ca.pem'),
  })
  const remote = vault.secret('kv/data/prod/stripe', { key: '/api/key' })
  vault.secret(variable('path'), { key: 'token', scope: eu })
  const local = Secret.local(eu, 'signing-key', {
    value: cdk.Fn.base64encode(cdk.Fn.file('/run/secrets/key')),
    encoding: 'base64',
    rotateEvery: '90d',
    category: 'agent_secret',
  })
  const found = Secret.fromName(Scope.fromPath(acme, 'us', ['payments', 'us']), 'found', 'db')
  const byId = Secret.fromId(stack, 'by-id', 'id-of-secret')

  Agent.named('billing')
    .addEnv('STRIPE', remote)
    .addEnv('SIGNING', local)
    .addEnv('URL', secretTemplate`pg://a\${b}%{c}:${found}@$${byId}/}`)
    .addPlainEnv(new constructs.Construct(stack, 'group'), 'REGION', '${literal} %{ if }')
  agyn.Agent.named(variable('agent')).addEnv('FOUND', found)
  agyn.McpServer.named('git hub').addEnv('TOKEN', byId)
  agyn.Hook.named('on-push').addEnv('TOKEN', local)
  agyn.LlmProvider.named('anthropic').addEnv('KEY', remote)
  agyn.ImagePullSecret.named('ghcr').addEnv('CONFIG', local)
  new agyn.Preflight(stack, 'preflight', { fail: false })

  const names = cdk.TerraformIterator.fromList(['a', 'b'])
  new agyn.secret.Secret(stack, 'each', {
    forEach: names,
    name: cdk.Token.asString(names.value),
    valueWo: cdk.Fn.lookup(variable('keys'), cdk.Token.asString(names.value), '') as string,
    lifecycle: { ignoreChanges: ['description'] },
  })
  local.resource.overrideLogicalId('signing_key')
  new cdk.TerraformOutput(stack, 'reference', { value: remote.reference })
}

describe('the same source', () => {
  it('renders the same for both frameworks', () => {
    const [first, ...others] = installed.map((packages) => {
      const { app, stack } = begin(packages)
      declare(packages, stack)
      expect(refusals(app)).toEqual([])
      return rendered(packages, stack)
    })
    expect(Object.keys(first?.resource ?? {}).sort()).toEqual([
      'agyn_env',
      'agyn_organization',
      'agyn_scope',
      'agyn_secret',
      'agyn_secret_provider',
    ])
    expect(others).toEqual([first])
  })

  it('renders the same twice', () => {
    for (const packages of installed) {
      const { stack } = begin(packages)
      declare(packages, stack)
      expect(rendered(packages, stack)).toEqual(rendered(packages, stack))
    }
  })

  it('has the same addresses when the program has made other tokens before', () => {
    const addressesOf = (packages: Installed, tokens: number) => {
      const { stack } = begin(packages)
      for (let made = 0; made < tokens; made += 1)
        packages.cdk.Lazy.stringValue({ produce: String })
      declare(packages, stack)
      const { resource, data } = rendered(packages, stack)
      return [resource, data].flatMap((blocks) => Object.values(blocks).flatMap(Object.keys))
    }
    for (const packages of installed) {
      expect(addressesOf(packages, 7)).toEqual(addressesOf(packages, 0))
    }
  })
})
