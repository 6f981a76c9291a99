import { execFile } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { ApiProcess } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'

const examples = join(import.meta.dirname, '../../examples')

let api: ApiProcess
let vault: FakeVault
const opened: Terraform[] = []
beforeAll(async () => {
  api = await ApiProcess.start()
  vault = await startVault({
    mounts: { secret: 2, kv: 2 },
    logins: { approle: { accepts: ({ secret_id }) => secret_id === 'right' } },
  })
  const database = { username: 'billing', password: 'pw-1', replicas: [{ url: 'postgres://r0' }] }
  for (const path of ['secret/data/billing/database', 'secret/data/agyn-quickstart/database']) {
    vault.put(path, JSON.stringify(database))
  }
  for (const key of ['old', 'pinned', 'new']) {
    vault.put('secret/data/billing/signing', JSON.stringify({ key }))
  }
})
afterAll(async () => {
  for (const terraform of opened) terraform.remove()
  await api.remove()
  await vault.close()
})

describe('an example for Terraform', () => {
  async function applied(name: string, token: string, variables: NodeJS.ProcessEnv) {
    const terraform = new Terraform({
      AGYN_API_URL: api.url,
      AGYN_API_TOKEN: token,
      ...variables,
    })
    opened.push(terraform)
    cpSync(join(examples, 'terraform', name), terraform.directory, { recursive: true })
    expect(await terraform.run('fmt', '-check', '-diff')).toMatchObject({ code: 0 })
    expect(await terraform.init()).toMatchObject({ code: 0 })
    await terraform.applied()
    return terraform
  }
  const ofVault = () => ({ TF_VAR_vault_address: vault.address, TF_VAR_vault_token: rightToken })

  it('quickstart: declares everything in an organization of its own', async () => {
    const variables = { ...ofVault(), TF_VAR_stripe_api_key: 'sk_live' }
    const terraform = await applied('quickstart', api.adminToken, variables)
    const organizationId = String(terraform.state('agyn_organization.acme')?.['id'])
    const { token = '' } = await api.client().call('CreateApiToken', {
      body: { organizationId, name: 'runtime', role: 'orchestrator' },
    })
    expect(await api.envOf(token, 'agent', 'billing')).toEqual({
      DATABASE_PASSWORD: 'pw-1',
      REGION: 'eu-west-1',
      STRIPE_API_KEY: 'sk_live',
    })
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
  })

  it('local-secret: gives one value to one agent', async () => {
    const { owner, orchestrator } = await api.organization('local')
    await applied('local-secret', owner, { TF_VAR_github_token: 'ghp_1' })
    expect(await api.envOf(orchestrator, 'agent', 'reviewer')).toEqual({ GITHUB_TOKEN: 'ghp_1' })
  })

  it('vault: reads keys, pointers and a pinned version', async () => {
    const { owner, orchestrator } = await api.organization('in-vault')
    await applied('vault', owner, ofVault())
    expect(await api.envOf(orchestrator, 'agent', 'billing')).toEqual({
      DATABASE_USER: 'billing',
      DATABASE_PASSWORD: 'pw-1',
      REPLICA_URL: 'postgres://r0',
      SIGNING_KEY: 'pinned',
    })
  })

  it('secrets-without-state: leaves none, and sends a value when its version is raised', async () => {
    const { owner, orchestrator } = await api.organization('without-state')
    const { TF_VAR_vault_address, TF_VAR_vault_token } = ofVault()
    const sent = { TF_VAR_vault_address, TF_VAR_vault_token, TF_VAR_github_token: 'ghp_1' }
    const terraform = await applied('secrets-without-state', owner, sent)
    terraform.set({ TF_VAR_vault_token: undefined, TF_VAR_github_token: undefined })
    expect(await terraform.plan('-out=plan')).toMatchObject({ code: 0 })
    terraform.set({ TF_VAR_github_token: 'ghp_2' })
    const versions = 'versions={github_token=2,vault_token=1}'
    expect(await terraform.apply('-var', versions)).toMatchObject({ code: 0 })
    expect(await api.envOf(orchestrator, 'agent', 'reviewer')).toEqual({ GITHUB_TOKEN: 'ghp_2' })
    const left = ['terraform.tfstate', 'terraform.tfstate.backup', 'plan'].map((file) =>
      readFileSync(terraform.path(file), 'latin1'),
    )
    for (const secret of ['ghp_1', 'ghp_2', rightToken]) expect(left.join()).not.toContain(secret)
  })

  it('company: gives each consumer its own, tells what would not start, and applies what mends it', async () => {
    const { owner, orchestrator } = await api.organization('company')
    for (const path of ['kv/data/prod/github', 'kv/data/prod/support/github']) {
      vault.put(path, JSON.stringify({ token: `of ${path}` }))
    }
    const credentials = {
      vault_secret_id: 'right',
      aws_access_key: { id: 'AKIAEXAMPLE', secret: 'a secret' },
      anthropic: 'sk-ant',
      signing_key: 'signing',
    }
    const terraform = await applied('company', owner, {
      TF_VAR_vault_address: vault.address,
      TF_VAR_credentials: JSON.stringify(credentials),
    })
    expect(await api.envOf(orchestrator, 'agent', 'triage')).toEqual({
      GITHUB_TOKEN: 'of kv/data/prod/support/github',
    })
    expect(await api.envOf(orchestrator, 'agent', 'refunds')).toEqual({ SIGNING_KEY: 'signing' })

    vault.put('kv/data/prod/github', '{"tokn":"misspelt"}')
    const { code, output } = await terraform.plan()
    expect(code).toBe(1)
    expect(output).toContain('GITHUB_PERSONAL_ACCESS_TOKEN')
    expect(output).toContain('tokn')
    expect(await terraform.plan('-var=preflight=false')).toMatchObject({ code: 0 })

    // The plan that mends a secret is not stopped by what it mends.
    const path = 'remote_path = "kv/data/prod/github"\n  remote_key  = '
    const teams = readFileSync(terraform.path('teams.tf'), 'utf8')
    expect(teams).toContain(`${path}"token"`)
    terraform.write(teams.replace(`${path}"token"`, `${path}"tokn"`), 'teams.tf')
    await terraform.applied()
  })

  it('is run by a test of this file, each of them', () => {
    const documented = ['data-sources', 'ephemeral-resources', 'functions', 'provider', 'resources']
    const whole = readdirSync(join(examples, 'terraform')).filter(
      (name) => !documented.includes(name),
    )
    expect(whole.sort()).toEqual([
      'company',
      'local-secret',
      'quickstart',
      'secrets-without-state',
      'vault',
    ])
  })
})

describe('an example for the API', () => {
  /** Runs a script and answers what it printed; it fails with what it said. */
  function run(script: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
    const env = { PATH: process.env['PATH'], AGYN_API_URL: api.url, ...environment }
    return new Promise<string>((resolve, reject) => {
      execFile(join(examples, 'api', script), [...args], { env }, (error, stdout, stderr) =>
        error ? reject(new Error(`${stdout}${stderr}`)) : resolve(stdout),
      )
    })
  }

  it('keeps a value, registers a Vault, rotates its token and starts an agent', async () => {
    const { owner, orchestrator } = await api.organization('scripts')
    const asOwner = { AGYN_API_TOKEN: owner }
    const kept = await run('keep-secret.sh', [], { ...asOwner, STRIPE_API_KEY: 'sk "live" $1' })
    expect(JSON.parse(kept)).toMatchObject({ name: 'stripe-api-key', value: '••••••••' })

    const at = { ...asOwner, VAULT_ADDR: vault.address }
    await expect(run('register-vault.sh', [], { ...at, VAULT_TOKEN: 'wrong' })).rejects.toThrow(
      '"ok":false',
    )
    await run('register-vault.sh', [], { ...at, VAULT_TOKEN: rightToken })
    const rotated = { ...asOwner, VAULT_TOKEN: rightToken }
    expect(JSON.parse(await run('rotate-token.sh', ['vault-prod'], rotated))).toMatchObject({
      ok: true,
    })
    await expect(run('rotate-token.sh', ['none'], rotated)).rejects.toThrow('no such provider')

    const asRuntime = { AGYN_API_TOKEN: orchestrator }
    const start = (...command: string[]) =>
      run('run-with-envs.sh', ['billing', ...command], asRuntime)
    expect(await start('printenv', 'STRIPE_API_KEY')).toBe('sk "live" $1\n')
    expect(await start('env')).not.toContain('AGYN_API_TOKEN')
    await expect(
      run('run-with-envs.sh', ['billing', 'env'], { AGYN_API_TOKEN: owner }),
    ).rejects.toThrow('forbidden')
  })

  it('tells whether a brief would resolve', async () => {
    const { owner, member } = await api.organization('briefs')
    const client = api.client(owner)
    const scope = { kind: 'team', name: 'pay ments' } as const
    const { id: scopeId } = await client.call('CreateScope', { body: scope })
    await client.call('CreateSecret', { body: { name: 'my key', value: 'v', scopeId } })
    const check = (...args: string[]) => run('check-brief.sh', args, { AGYN_API_TOKEN: member })
    expect(await check('pay ments', 'my key')).toBe('MY_KEY 1 ok\n')
    await expect(check('pay ments', 'my key', 'myy key')).rejects.toThrow('Near it: my key.')
    await expect(check('nowhere', 'my key')).rejects.toThrow('There is no such scope')
  })

  it('says what it needs', async () => {
    await expect(run('keep-secret.sh', [], {})).rejects.toThrow('Set it to a token')
  })
})
