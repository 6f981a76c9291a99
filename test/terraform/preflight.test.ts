import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { World } from './world.ts'

let world: World
let vault: FakeVault
beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2 } })
  vault.put('secret/data/app', '{"password":"s3cret","user":"app"}')
  world = await World.start()
  await world.terraform().applied(`
    resource "agyn_secret_provider" "v" {
      name   = "vault-prod"
      type   = "vault"
      config = { address = "${vault.address}", token = "${rightToken}" }
    }
    resource "agyn_secret" "right" {
      name        = "right"
      provider_id = agyn_secret_provider.v.id
      remote_path = "secret/data/app"
      remote_key  = "user"
    }
    resource "agyn_secret" "wrong_key" {
      name        = "wrong-key"
      provider_id = agyn_secret_provider.v.id
      remote_path = "secret/data/app"
      remote_key  = "passwrod"
    }
    resource "agyn_secret" "wrong_path" {
      name        = "wrong-path"
      provider_id = agyn_secret_provider.v.id
      remote_path = "secret/data/none"
    }
    locals {
      envs = {
        "RIGHT billing"     = agyn_secret.right.id
        "RIGHT support"     = agyn_secret.right.id
        "WRONG_KEY support" = agyn_secret.wrong_key.id
        "WRONG_PATH support" = agyn_secret.wrong_path.id
      }
    }
    resource "agyn_env" "all" {
      for_each  = local.envs
      consumer  = { kind = "agent", id = split(" ", each.key)[1] }
      name      = split(" ", each.key)[0]
      secret_id = each.value
    }`)
})
afterAll(async () => {
  await world.close()
  await vault.close()
})

const preflight = (body: string) => `data "agyn_preflight" "a" {\n${body}\n}\n`
const shown = `output "a" {\n value = data.agyn_preflight.a\n}`
const agent = (id: string) => `consumer = { kind = "agent", id = "${id}" }`

describe('agyn_preflight', () => {
  it('passes a workload that would start, and shows no value', async () => {
    const terraform = world.terraform()
    await terraform.applied(preflight(agent('billing')) + shown)
    const { raw } = await terraform.run('output', '-json')
    expect(raw).toContain('"RIGHT"')
    expect(raw).not.toContain('s3cret')
  })

  it('fails the plan with every problem, and the keys that are there', async () => {
    const { code, output, raw } = await world
      .terraform()
      .write(preflight(agent('support')))
      .plan()
    expect(code).toBe(1)
    expect(raw.match(/^Error: /gm)).toHaveLength(2)
    expect(output).toContain('Error: WRONG_KEY of agent "support" would not resolve.')
    expect(output).toContain('secret: wrong-key provider: vault-prod path: secret/data/app')
    expect(output).toContain('available keys: password, user')
    expect(output).toContain('Error: WRONG_PATH of agent "support" would not resolve.')
  })

  it('tells, and does not fail, when it is not to', async () => {
    const terraform = world.terraform()
    await terraform.applied(preflight(`${agent('support')}\n fail = false`) + shown)
    const { raw } = await terraform.run('output', '-json')
    const { value } = (JSON.parse(raw) as { a: { value: Record<string, unknown> } }).a
    expect(value).toMatchObject({ ok: false })
    expect(value['items']).toContainEqual(
      expect.objectContaining({
        env: 'WRONG_KEY',
        ok: false,
        available_keys: ['password', 'user'],
      }),
    )
  })

  it('takes the secrets of a brief, by their names in a scope', async () => {
    const terraform = world.terraform()
    const brief = (refs: string) =>
      `data "agyn_scope" "root" {\n path = []\n}\n${preflight(`scope_id = data.agyn_scope.root.id\n secret_refs = ${refs}`)}`
    await terraform.applied(brief('[{ name = "right", env = "USER" }]'))
    await terraform.applied(brief('[]'))
    const { code, output } = await terraform.write(brief('[{ name = "rihgt" }]')).plan()
    expect(code).toBe(1)
    expect(output).toContain('No secret of this name applies')
    expect(output).toContain('names near it: right')
  })

  it.each([
    ['', 'Give `consumer` or `scope_id`.'],
    [`${agent('billing')}\n secret_refs = []`, 'A consumer has no `secret_refs`'],
    ['consumer = { kind = "robot", id = "x" }', 'Give one of agent, mcp_server'],
    ['scope_id = "payments"', 'Give its id, a UUID, and not its name.'],
  ])('says of { %s } what to do', async (body, message) => {
    const { code, output, raw } = await world.terraform().write(preflight(body)).plan()
    expect(output).toContain(message)
    expect([code, raw.match(/^Error: /gm)?.length]).toEqual([1, 1])
  })
})
