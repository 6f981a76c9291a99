import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { Terraform } from '../support/terraform.ts'
import { required, World } from './world.ts'

let world: World
let vault: FakeVault
const opened: Terraform[] = []
beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2 } })
  vault.put('secret/data/app', '{"password":"s3cret","user":"app"}')
  world = await World.start()
})
afterAll(async () => {
  for (const terraform of opened) terraform.remove()
  await world.close()
  await vault.close()
})

/** As a user has it, in processes of its own: what they leave behind and log is theirs. */
async function installed(configuration: string): Promise<Terraform> {
  const terraform = new Terraform({ AGYN_API_URL: world.api.url, AGYN_API_TOKEN: world.acme.owner })
  opened.push(terraform)
  const { code, raw } = await terraform.write(required + configuration).init()
  if (code !== 0) throw new Error(raw)
  return terraform
}

const owner = () => world.api.client(world.acme.owner)

/** The tokens of this name that are not revoked. */
const living = async (name: string) =>
  (await owner().call('ListApiTokens', { query: { name } })).items

const token = (name: string) =>
  `ephemeral "agyn_api_token" "run" {\n name = "${name}"\n role = "member"\n}\n`
/** Keeps the token where the API can be asked for it afterwards. */
const kept = (name: string) => `
  resource "agyn_secret" "kept" {
    name             = "${name}"
    value_wo         = ephemeral.agyn_api_token.run.token
    value_wo_version = 1
  }`

describe('ephemeral "agyn_api_token"', () => {
  it('is valid during the run, revoked after it, and in no state, plan, output or log', async () => {
    const terraform = await installed(token('canary') + kept('canary'))
    terraform.set({ TF_LOG: 'TRACE', TF_LOG_PATH: terraform.path('trace.log') })
    const planned = await terraform.plan('-out=plan')
    const applied = await terraform.run('apply', '-no-color', 'plan')
    expect(applied).toMatchObject({ code: 0 })
    const { value } = await world.resolve(terraform.state('agyn_secret.kept')?.['id'])
    expect(value).toMatch(/^agyn_/)
    const outputs = [planned.raw, applied.raw, world.api.output]
    const files = ['plan', 'terraform.tfstate', 'trace.log'].map((name) =>
      readFileSync(terraform.path(name), 'latin1'),
    )
    expect(files[2]).toContain('agyn_api_token')
    const secret = value.slice('agyn_'.length + 4)
    const base64 = Buffer.from(value).toString('base64').slice(4, 40)
    for (const text of [...outputs, ...files]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(base64)
    }
    expect(await living('canary')).toEqual([])
    await expect(world.api.client(value).call('WhoAmI', {})).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  it('configures a provider of its own', async () => {
    const terraform = await installed(`${token('configures')}
      provider "agyn" {
        alias     = "run"
        api_token = ephemeral.agyn_api_token.run.token
      }
      data "agyn_organization" "a" {
        provider = agyn.run
        name     = "acme"
      }
      output "id" {
        value = data.agyn_organization.a.id
      }`)
    const run = await terraform.apply()
    expect([run.code, run.raw]).toEqual([0, expect.stringContaining(world.acme.id)])
    expect(await living('configures')).toEqual([])
  })

  it('is revoked when the apply fails', async () => {
    await owner().call('CreateSecret', { body: { name: 'taken', value: 'x' } })
    const terraform = await installed(token('fails') + kept('taken'))
    const { code, output } = await terraform.apply()
    expect([code, output]).toEqual([1, expect.stringContaining('"taken" already exists.')])
    await vi.waitFor(async () => expect(await living('fails')).toEqual([]), 10_000)
  })

  it('is revoked after Ctrl-C', async () => {
    const terraform = await installed(`${token('interrupted')}
      resource "terraform_data" "waits" {
        provisioner "local-exec" {
          command     = "echo $TOKEN > token; sleep 100"
          environment = { TOKEN = ephemeral.agyn_api_token.run.token }
        }
      }`)
    const child = terraform.start('apply', '-no-color', '-auto-approve')
    const exited = once(child, 'exit')
    await vi.waitFor(() => expect(existsSync(terraform.path('token'))).toBe(true), 60_000)
    expect(await living('interrupted')).toHaveLength(1)
    if (child.pid === undefined) throw new Error('terraform did not start')
    process.kill(-child.pid, 'SIGINT')
    await exited
    await vi.waitFor(async () => expect(await living('interrupted')).toEqual([]), 10_000)
  })

  it.each([
    ['role = "root"', 'Give owner, member, orchestrator or llm_proxy.'],
    ['role = "orchestrator"', 'Only an admin makes orchestrator tokens'],
    ['role = "member"\n expires_in = "15 minutes"', 'Give a number and its unit'],
    ['role = "member"\n scope_id = "payments"', 'Give its id, a UUID, and not its name.'],
  ])('says of { %s } what to do', async (body, message) => {
    const terraform = world.terraform().write(`ephemeral "agyn_api_token" "run" {\n${body}\n}`)
    const { code, output, raw } = await terraform.plan()
    expect(output).toContain(message)
    expect([code, raw.match(/^Error: /gm)?.length]).toEqual([1, 1])
  })
})

const consumer = { kind: 'agent', id: 'billing' } as const
const workload = (id: string = consumer.id) => `ephemeral "agyn_workload_env" "w" {
    consumer    = { kind = "agent", id = "${id}" }
    workload_id = "build-7"
  }\n`

describe('ephemeral "agyn_workload_env"', () => {
  it('gives every value, text as text and bytes as they are', async () => {
    const value = 'line one\nline "two" €'
    const text = await owner().call('CreateSecret', { body: { name: 'text', value } })
    const bytes = await owner().call('CreateSecret', {
      body: { name: 'bytes', value: '/wD+', encoding: 'base64' },
    })
    const hook = { kind: 'image_pull_secret', id: 'registry' } as const
    for (const [name, secretId] of [
      ['TEXT', text.id],
      ['BYTES', bytes.id],
    ] as const) {
      await owner().call('CreateEnv', { body: { consumer: hook, name, secretId } })
    }
    const terraform = world.terraform(world.acme.orchestrator)
    terraform.write(`
      ephemeral "agyn_workload_env" "w" {
        consumer = { kind = "image_pull_secret", id = "registry" }
      }
      resource "terraform_data" "uses" {
        provisioner "local-exec" {
          command     = "printf %s \\"$ALL\\" > all.json"
          environment = { ALL = jsonencode(ephemeral.agyn_workload_env.w) }
        }
      }`)
    const run = await terraform.apply()
    expect(run).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(terraform.path('all.json'), 'utf8'))).toMatchObject({
      env: { TEXT: value },
      env_base64: { TEXT: Buffer.from(value).toString('base64'), BYTES: '/wD+' },
    })
    const state = readFileSync(terraform.path('terraform.tfstate'), 'utf8')
    for (const sink of [run.raw, state]) expect(sink).not.toContain('line one')
  })

  it('names everything that cannot be resolved', async () => {
    const provider = await owner().call('CreateSecretProvider', {
      body: { name: 'v', type: 'vault', config: { address: vault.address, token: rightToken } },
    })
    const broken = [
      ['WRONG_KEY', { remotePath: 'secret/data/app', remoteKey: 'passwrod' }],
      ['WRONG_PATH', { remotePath: 'secret/data/none' }],
    ] as const
    for (const [name, place] of broken) {
      const body = { name, providerId: provider.id, ...place }
      const { id } = await owner().call('CreateSecret', { body })
      await owner().call('CreateEnv', { body: { consumer, name, secretId: id } })
    }
    const terraform = world.terraform(world.acme.orchestrator).write(workload())
    const { code, output } = await terraform.plan()
    expect(code).toBe(1)
    for (const words of ['WRONG_KEY: ', 'available keys: password, user', 'WRONG_PATH: ']) {
      expect(output).toContain(words)
    }
    expect(output).not.toContain('s3cret')
  })

  it('says which token it takes', async () => {
    const { code, output } = await world.terraform().write(workload('other')).plan()
    expect(output).toContain('A token of the role owner reads no values.')
    expect(output).toContain('This takes a token of the role orchestrator or llm_proxy.')
    expect(code).toBe(1)
  })
})

describe('a token that resolves values and does nothing else', () => {
  it.each([
    'resource "agyn_secret" "a" {\n name = "a"\n value = "x"\n}',
    'resource "agyn_organization" "a" {\n name = "a"\n}',
    'data "agyn_secrets" "a" {}',
    'data "agyn_secret" "a" {\n name = "a"\n}',
    'ephemeral "agyn_api_token" "a" {\n role = "member"\n}',
  ])('is refused at plan by %s', async (configuration) => {
    const terraform = world.terraform(world.acme.orchestrator).write(configuration)
    const { code, output, raw } = await terraform.plan()
    expect(output).toContain('A token of the role orchestrator resolves values and does nothing')
    expect([code, raw.match(/^Error: /gm)?.length]).toEqual([1, 1])
  })
})
