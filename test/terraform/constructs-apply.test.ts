import type { TerraformStack } from 'cdktn'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import type { ApiOrganization } from '../support/api-process.ts'
import { installed } from '../support/constructs.ts'
import type { Terraform } from '../support/terraform.ts'
import { World } from './world.ts'
import { writeStack, type Declare } from './write-stack.ts'

let world: World
let vault: FakeVault
beforeAll(async () => {
  vault = await startVault({ mounts: { kv: 2, secret: 2 } })
  vault.put('kv/data/prod/stripe', '{"api_key":"sk_live"}')
  world = await World.start()
})
afterAll(async () => {
  await world.close()
  await vault.close()
})

describe.each(installed)('a stack of $framework', (packages) => {
  const { framework, cdk, agyn } = packages

  let organization: ApiOrganization
  beforeAll(async () => {
    organization = await world.api.organization(framework)
  })

  /** Applies a stack that an owner of this organization has; nothing may be left to do. */
  async function applied(declare: Declare, settings: NodeJS.ProcessEnv = {}): Promise<Terraform> {
    const terraform = writeStack(world.terraform(organization.owner), packages, declare)
    await terraform.set(settings).applied()
    return terraform
  }

  const envOf = (agent: string) => world.api.envOf(organization.orchestrator, 'agent', agent)

  const withToken = { TF_VAR_vault_token: rightToken }
  const vaultIn = (stack: TerraformStack, name: string) =>
    agyn.SecretProvider.vault(stack, name, {
      address: vault.address,
      auth: agyn.VaultAuth.token({
        token: new agyn.EphemeralVariable(stack, 'vault_token').stringValue,
      }),
    })

  it('is applied when it is made of L1 alone', async () => {
    const terraform = await applied(
      (stack) => {
        const value = new cdk.TerraformVariable(stack, 'value', { type: 'string' }).stringValue
        const { id } = new agyn.secret.Secret(stack, 'key', { name: 'l1', value })
        const consumer = { kind: 'agent', id: 'l1' }
        new agyn.env.Env(stack, 'env', { consumer, name: 'KEY', secretId: id })
        const secret = new agyn.dataAgynSecret.DataAgynSecret(stack, 'found', { id })
        new cdk.TerraformOutput(stack, 'storage', { value: secret.storage })
      },
      { TF_VAR_value: 'of L1' },
    )
    expect(await envOf('l1')).toEqual({ KEY: 'of L1' })
    expect((await terraform.run('output', 'storage')).output).toContain('"local"')
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
    expect(terraform.states('agyn_secret')).toEqual([])
  })

  it('hands a reference to a resource of another provider, known after apply', async () => {
    const declare: Declare = (stack) => {
      const secret = vaultIn(stack, 'referred').secret('kv/data/prod/stripe', { key: 'api_key' })
      new cdk.DataResource(stack, 'other', { input: { reference: secret.reference } })
    }
    const terraform = writeStack(world.terraform(organization.owner), packages, declare).set(
      withToken,
    )
    const planned = await terraform.planned()
    const other = Object.values(planned).find(({ unknown }) => 'input' in unknown)
    expect(other?.unknown).toMatchObject({ input: { reference: true } })
    await terraform.applied()
    const reference = 'referred://kv/data/prod/stripe#api_key'
    expect(terraform.states('terraform_data')[0]).toMatchObject({ input: { value: { reference } } })
  })

  it('fails the plan when what it declares would not start', async () => {
    const gate: Declare = (stack) => {
      const secret = vaultIn(stack, 'gated').secret('kv/data/prod/stripe', { key: 'apikey' })
      agyn.Agent.named('gated').addEnv('STRIPE_API_KEY', secret)
      const fail = new cdk.TerraformVariable(stack, 'preflight', { type: 'bool' }).booleanValue
      new agyn.Preflight(stack, 'would-start', { fail })
    }
    const terraform = await applied(gate, { ...withToken, TF_VAR_preflight: 'false' })
    const { code, output } = await terraform.set({ TF_VAR_preflight: 'true' }).plan()
    expect(code).toBe(1)
    expect(output).toContain('STRIPE_API_KEY of agent "gated" would not resolve.')
    expect(output).toContain('available keys: api_key')
  })

  it('finds what exists by its name, of every kind', async () => {
    const made = await applied(
      (stack) => {
        const eu = new agyn.Scope(stack, 'payments', { kind: 'team' }).workspace('eu')
        vaultIn(stack, 'shared')
        const value = new agyn.EphemeralVariable(stack, 'value').stringValue
        agyn.Secret.local(eu, 'found', { value })
      },
      { ...withToken, TF_VAR_value: 'found' },
    )

    const asAdmin = world.terraform(world.api.adminToken)
    await writeStack(asAdmin, packages, (stack) => {
      const acme = agyn.Organization.fromName(stack, 'acme', framework)
      const eu = agyn.Scope.fromPath(acme, 'eu', ['payments', 'eu'])
      const found = agyn.Secret.fromName(eu, 'found', 'found')
      const shared = agyn.SecretProvider.fromName(acme, 'shared', 'shared')
      const stripe = shared.secret('kv/data/prod/stripe', { key: 'api_key', scope: eu })
      agyn.Agent.named('finder')
        .addEnv('FOUND', found)
        .addEnv('BOTH', agyn.secretTemplate`${found} and ${stripe}`)
    }).applied()
    expect(await envOf('finder')).toEqual({ FOUND: 'found', BOTH: 'found and sk_live' })
    const eu = made.states('agyn_scope').find(({ kind }) => kind === 'workspace')
    const scopes = asAdmin.states('agyn_secret').map(({ scope_id }) => scope_id)
    expect(scopes).toEqual([eu?.['id'], eu?.['id']])
  })

  it('keeps a managed secret in the store', async () => {
    const terraform = await applied(
      (stack) => {
        const value = new agyn.EphemeralVariable(stack, 'value').stringValue
        const provider = vaultIn(stack, 'keeper')
        const secret = agyn.Secret.managed(stack, `kept-by-${framework}`, { provider, value })
        agyn.Agent.named('signer').addEnv('SIGNING_KEY', secret)
      },
      { ...withToken, TF_VAR_value: 'canary managed' },
    )
    expect(await envOf('signer')).toEqual({ SIGNING_KEY: 'canary managed' })
    const kept = vault.get(`secret/data/agyn/kept-by-${framework}`)
    expect(kept).toBe('{"value":"canary managed"}')
    expect(terraform.states('agyn_secret')).toMatchObject([{ storage: 'managed', value: null }])
    expect(terraform.leftBehind()).not.toContain('canary')
  })

  it('keeps a value whose variable is not set, and sends another with its version', async () => {
    const version =
      (valueVersion: number): Declare =>
      (stack) => {
        const value = new agyn.EphemeralVariable(stack, 'value').stringValue
        const secret = agyn.Secret.local(stack, 'rotated', { value, valueVersion })
        agyn.Agent.named('rotating').addEnv('KEY', secret)
      }
    const terraform = await applied(version(1), { TF_VAR_value: 'first' })
    await terraform.set({ TF_VAR_value: undefined }).applied()
    expect(await envOf('rotating')).toEqual({ KEY: 'first' })

    const { code, output } = await writeStack(terraform, packages, version(2)).plan()
    expect([code, output]).toEqual([1, expect.stringContaining('its version changes')])
    await terraform.set({ TF_VAR_value: 'second' }).applied()
    expect(await envOf('rotating')).toEqual({ KEY: 'second' })
  })

  it('takes over what exists, and changes nothing', async () => {
    const owner = world.api.client(organization.owner)
    const config = { address: vault.address, token: rightToken }
    const { id: providerId } = await owner.call('CreateSecretProvider', {
      body: { name: 'by hand', type: 'vault', config },
    })
    const { id } = await owner.call('CreateSecret', {
      body: { name: 'by hand', providerId, remotePath: 'kv/data/prod/stripe' },
    })
    const terraform = await applied((stack) => {
      const provider = agyn.SecretProvider.fromId(stack, 'vault', providerId)
      const place = { provider, remotePath: 'kv/data/prod/stripe' }
      const secret = agyn.Secret.remote(stack, 'taken', { ...place, name: 'by hand' })
      secret.resource.importFrom(`${framework}/by hand`)
    })
    expect(terraform.states('agyn_secret')).toMatchObject([{ id, provider_id: providerId }])
    expect(await owner.call('GetSecret', { params: { id } })).toMatchObject({ revision: 1 })
  })

  it('changes a secret of a provider where it is, when its path is another', async () => {
    const at =
      (path: string): Declare =>
      (stack) => {
        vaultIn(stack, 'mended').secret(path, { name: 'mended' })
      }
    const terraform = await applied(at('kv/data/prod/strpie'), withToken)
    const planned = await writeStack(terraform, packages, at('kv/data/prod/stripe')).planned()
    expect(Object.values(planned)).toMatchObject([{ actions: ['update'] }])
  })
})
