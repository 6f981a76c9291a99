import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { begin, newApp, only, refusals, rendered } from '../../../support/stacks.ts'

const of = (framework: string) => installed.filter((packages) => packages.framework === framework)

describe.each(of('cdktf'))('what CDKTF does not know', (packages) => {
  const { agyn } = packages

  it('is refused with the way to have it', () => {
    const { app, stack } = begin(packages)
    const acme = new agyn.Organization(stack, 'acme')
    const { token } = new agyn.EphemeralApiToken(acme, 'deploy', { role: 'member' })
    const env = new agyn.WorkloadEnv(stack, 'billing', { consumer: agyn.Agent.named('billing') })
    const provider = new agyn.AgynProvider(stack, 'other', { alias: 'other' })
    expect([token, env.value('STRIPE')]).toEqual(['', ''])
    expect(provider.functions.formatReference('vault', 'kv/data/x', [])).toBe('')
    expect(refusals(app)).toEqual([
      expect.stringMatching(
        /^\[stack\/acme\/deploy\] EphemeralApiToken is an ephemeral resource, which CDKTF does not know\. Move to CDK Terrain \(@agyn\/cdktn-provider, .*\), or use a TerraformVariable\.$/,
      ),
      expect.stringMatching(
        /^\[stack\/billing\] WorkloadEnv is an ephemeral resource, which CDKTF/,
      ),
      expect.stringMatching(
        /^\[stack\/other\] Provider functions are not known to CDKTF\. Move to/,
      ),
    ])
  })

  it('is refused once, however often it is asked for', () => {
    const { app, stack } = begin(packages)
    const provider = new agyn.AgynProvider(stack, 'other', { alias: 'other' })
    provider.functions.apiToken('a')
    provider.functions.apiToken('b')
    expect(refusals(app)).toHaveLength(1)
  })

  it('is no L1 of the package', () => {
    expect(Object.keys(agyn).filter((name) => /^ephemeralAgyn/.test(name))).toEqual([])
  })

  it('asks for no version of Terraform', () => {
    const app = newApp(packages, { context: {} })
    const stack = new packages.cdk.TerraformStack(app, 'stack')
    new agyn.AgynProvider(stack, 'agyn')
    const value = new agyn.EphemeralVariable(stack, 'key').stringValue
    agyn.Secret.local(stack, 'stripe', { value })
    expect(refusals(app)).toEqual([])
  })
})

describe.each(of('cdktn'))('what CDK Terrain knows', (packages) => {
  const { cdk, agyn } = packages

  it('is a token for the run', () => {
    const { app, stack } = begin(packages)
    const payments = agyn.Scope.fromId(stack, 'payments', 'id-of-payments')
    const deploy = new agyn.EphemeralApiToken(payments, 'deploy', {
      role: 'member',
      expiresIn: '1h',
    })
    new agyn.AgynProvider(stack, 'as-member', { alias: 'member', apiToken: deploy.token })
    deploy.resource.overrideLogicalId('deploy')
    const { ephemeral, provider } = rendered(packages, stack)
    expect(ephemeral).toEqual({
      agyn_api_token: {
        deploy: { name: 'deploy', role: 'member', expires_in: '1h', scope_id: 'id-of-payments' },
      },
    })
    expect(provider['agyn']).toContainEqual({
      alias: 'member',
      api_token: '${ephemeral.agyn_api_token.deploy.token}',
    })
    expect(refusals(app)).toEqual([])
  })

  it('is what a workload is given, for the run', () => {
    const { app, stack } = begin(packages)
    const acme = agyn.Organization.fromId(stack, 'acme', 'id-of-acme')
    const env = new agyn.WorkloadEnv(acme, 'billing', {
      consumer: agyn.Agent.named('billing'),
      workloadId: 'billing-1',
    })
    const copy = agyn.Secret.local(acme, 'copy', { value: env.value('STRIPE_API_KEY') })
    env.resource.overrideLogicalId('billing')
    expect(copy.resource.valueWoInput).toBeDefined()
    const { ephemeral, resource } = rendered(packages, stack)
    expect(only(ephemeral['agyn_workload_env'])).toEqual({
      consumer: { kind: 'agent', id: 'billing' },
      workload_id: 'billing-1',
      organization_id: 'id-of-acme',
    })
    expect(only(resource['agyn_secret'])['value_wo']).toBe(
      '${ephemeral.agyn_workload_env.billing.env["STRIPE_API_KEY"]}',
    )
    expect(refusals(app)).toEqual([])
  })

  it('refuses a name that nothing can have, and a role that is missing', () => {
    const { app, stack } = begin(packages)
    new agyn.EphemeralApiToken(stack, 'deploy', { role: '' as 'member', name: '' })
    expect(refusals(app)).toEqual([
      '[stack/deploy] `name`: Give a name.',
      '[stack/deploy] `role` is missing or empty. Give one.',
    ])
  })

  it('is a function of the Terraform provider', () => {
    const { app, stack } = begin(packages)
    const provider = new agyn.AgynProvider(stack, 'other', { alias: 'other' })
    const value = provider.functions.formatReference('vault-prod', 'kv/data/stripe', [])
    new cdk.TerraformOutput(stack, 'reference', { value })
    const { output } = rendered(packages, stack) as unknown as { readonly output: unknown }
    expect(JSON.stringify(output)).toContain('provider::agyn::format_reference')
    expect(refusals(app)).toEqual([])
  })

  it('asks which Terraform the project runs, once, in the words of the stack', () => {
    const app = newApp(packages, { context: {} })
    const stack = new cdk.TerraformStack(app, 'stack')
    new agyn.AgynProvider(stack, 'agyn')
    const value = new agyn.EphemeralVariable(stack, 'key').stringValue
    agyn.Secret.local(stack, 'stripe', { value })
    const refused = refusals(app)
    expect(refused).toContainEqual(
      expect.stringMatching(
        /^\[stack\/agyn\] Secrets go to write-only arguments, .*targetVersions/,
      ),
    )
  })
})
