import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installed } from '../../../support/constructs.ts'
import { addStack, newApp, only, refusals, type Rendered } from '../../../support/stacks.ts'

describe.each(installed)('what another stack of the app has, with $framework', (packages) => {
  const { agyn } = packages
  const { Agent, Organization, Preflight, Secret, SecretProvider, VaultAuth } = agyn

  const twoStacks = () => {
    const app = newApp(packages)
    const shared = addStack(packages, app, 'shared')
    const workloads = addStack(packages, app, 'workloads')
    const written = (stack: string): Rendered => {
      expect(refusals(app)).toEqual([])
      const file = join(app.outdir, 'stacks', stack, 'cdk.tf.json')
      return JSON.parse(readFileSync(file, 'utf8')) as Rendered
    }
    return { app, shared, workloads, written }
  }
  const vault = { address: 'https://vault:8200', auth: VaultAuth.kubernetes({ role: 'agents' }) }
  const handedOver =
    /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-shared\.outputs\./

  it('is given to a consumer by its id', () => {
    const { shared, workloads, written } = twoStacks()
    const stripe = SecretProvider.vault(shared, 'vault', vault).secret('kv/data/stripe')
    Agent.named('billing').addEnv('STRIPE', stripe, { scope: workloads })
    expect(only(written('workloads').resource['agyn_env'])['secret_id']).toMatch(handedOver)
    expect(written('shared').resource['agyn_env']).toBeUndefined()
  })

  it('is part of a template', () => {
    const { shared, workloads, written } = twoStacks()
    const team = new Organization(shared, 'acme').team('payments')
    const value = new agyn.EphemeralVariable(shared, 'value').stringValue
    const password = Secret.local(team, 'password', { value })
    const template = agyn.secretTemplate`postgres://app:${password}@db`
    Agent.named('billing').addEnv('URL', template, { scope: workloads })
    const env = only(written('workloads').resource['agyn_env'])
    expect(env['template']).toMatch(/outputs\.[\w-]+path\).*outputs\.[\w-]+name/)
    expect(env['organization_id']).toMatch(handedOver)
  })

  it('is the secret provider of a secret, and the organization of it', () => {
    const { shared, workloads, written } = twoStacks()
    const acme = new Organization(shared, 'acme')
    const provider = SecretProvider.vault(acme, 'vault', vault)
    Secret.remote(workloads, 'stripe', { provider, remotePath: 'kv/data/stripe' })
    const secret = only(written('workloads').resource['agyn_secret'])
    expect(secret['provider_id']).toMatch(handedOver)
    expect(secret['organization_id']).toMatch(handedOver)
  })

  it('is no dependency of a preflight, which Terraform could not find', () => {
    const { shared, workloads, written } = twoStacks()
    const stripe = SecretProvider.vault(shared, 'vault', vault).secret('kv/data/stripe')
    Agent.named('billing').addEnv('STRIPE', stripe, { scope: workloads })
    new Preflight(workloads, 'preflight')
    expect(only(written('workloads').data['agyn_preflight'])['depends_on']).toEqual([
      expect.stringMatching(/^agyn_env\./),
    ])
  })

  it('is the organization of a preflight, and what turns it off', () => {
    const { shared, workloads, written } = twoStacks()
    const acme = new Organization(shared, 'acme')
    const stripe = SecretProvider.vault(acme, 'vault', vault).secret('kv/data/stripe')
    Agent.named('billing').addEnv('STRIPE', stripe, { scope: workloads })
    const gate = new packages.cdk.TerraformVariable(shared, 'gate', { type: 'bool' })
    new Preflight(workloads, 'preflight', { fail: gate.booleanValue })
    const asked = only(written('workloads').data['agyn_preflight'])
    expect(asked['organization_id']).toMatch(handedOver)
    expect(asked['fail']).toMatch(handedOver)
  })

  it('is refused where its Terraform provider has an alias that this stack has not', () => {
    const { app, shared, workloads } = twoStacks()
    const terraformProvider = new agyn.AgynProvider(shared, 'staging', { alias: 'staging' })
    const acme = Organization.fromId(shared, 'acme', 'id-of-acme', { terraformProvider })
    const provider = SecretProvider.vault(acme, 'vault', vault)
    Agent.named('billing').addEnv('A', provider.secret('kv/data/a'), { scope: workloads })
    Secret.remote(workloads, 'b', { provider, remotePath: 'kv/data/b' })
    expect(refusals(app)).toContainEqual(
      expect.stringContaining('[workloads/b] What it belongs to is made by shared/staging'),
    )
  })

  it('is referred to with the alias that this stack has too', () => {
    const { shared, workloads, written } = twoStacks()
    const terraformProvider = new agyn.AgynProvider(shared, 'staging', { alias: 'staging' })
    new agyn.AgynProvider(workloads, 'staging', { alias: 'staging' })
    const acme = Organization.fromId(shared, 'acme', 'id-of-acme', { terraformProvider })
    const provider = SecretProvider.vault(acme, 'vault', vault)
    Agent.named('billing').addEnv('A', provider.secret('kv/data/a'), { scope: workloads })
    Secret.remote(workloads, 'b', { provider, remotePath: 'kv/data/b' })
    const { resource } = written('workloads')
    expect(only(resource['agyn_env'])['provider']).toBe('agyn.staging')
    expect(only(resource['agyn_secret'])['provider']).toBe('agyn.staging')
    expect(only(written('shared').resource['agyn_secret'])['provider']).toBe('agyn.staging')
  })

  it.each([
    ['sensitive', { sensitive: true }],
    ['ephemeral', undefined],
  ])('is refused as a variable, which would lie in both states: %s', (_, config) => {
    const { app, shared, workloads } = twoStacks()
    const variable = config
      ? new packages.cdk.TerraformVariable(shared, 'key', config)
      : new agyn.EphemeralVariable(shared, 'key')
    Secret.local(workloads, 'stripe', { value: variable.stringValue })
    expect(refusals(app)).toEqual([
      '[workloads/stripe] `value` would lie in the state of two stacks: it is the variable `key` of the stack shared. Declare a variable for it in this stack too.',
    ])
  })

  it('is refused of all stacks at once', () => {
    const { app, shared, workloads } = twoStacks()
    Secret.local(shared, 'one', { value: 'sk_live_canary' })
    Secret.local(workloads, 'two', { value: 'sk_live_canary' })
    expect(refusals(app).map((line) => line.slice(0, line.indexOf(']') + 1))).toEqual([
      '[shared/one]',
      '[workloads/two]',
    ])
  })

  it('is refused in one stack, and no file of any stack is written', () => {
    const { app, shared, workloads } = twoStacks()
    Secret.local(workloads, 'stripe', { value: 'sk_live_canary' })
    Secret.local(workloads, 'unnamed', { name: '', value: 'sk_live_canary' })
    SecretProvider.vault(shared, 'vault', vault)
    expect(refusals(app)).toEqual([
      expect.stringContaining('[workloads/stripe] `value` would be written in clear text'),
      '[workloads/unnamed] `name`: Give a name.',
      expect.stringContaining('[workloads/unnamed] `value` would be written in clear text'),
    ])
    expect(() => readFileSync(join(app.outdir, 'stacks/shared/cdk.tf.json'))).toThrow('ENOENT')
  })
})
