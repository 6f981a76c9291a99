import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

/** What is wrong with it, and the attribute that Terraform has to point at. */
type Case = readonly [what: string, hcl: string, at: string, message: string]

const provider = (body: string) => `resource "agyn_secret_provider" "a" {\n${body}\n}`
const secret = (body: string) => `resource "agyn_secret" "a" {\n${body}\n}`
const env = (body: string) => `resource "agyn_env" "a" {\n${body}\n}`
const vault = (config: string) => provider(`name = "a"\n type = "vault"\n config = {\n${config}\n}`)
const agent = 'consumer = { kind = "agent", id = "billing" }'

const cases: readonly Case[] = [
  [
    'a type that does not exist',
    provider('name = "a"\n type = "valut"\n config = {}'),
    'type',
    'Give one of these: vault, aws-sm, azure-kv, gcp-sm.',
  ],
  [
    'a missing token',
    vault('address = "https://v:8200"'),
    'config',
    '`config.token`: This field is required.',
  ],
  [
    'a bad address',
    vault('address = "vault:8200"\n token = "t"'),
    'config',
    '`config.address`: Give a URL such as https://vault.internal:8200.',
  ],
  [
    'an address with a path',
    vault('address = "https://v:8200/v1"\n token = "t"'),
    'config',
    '`config.address`: Give only the scheme, the host and the port',
  ],
  [
    'a KV version that does not exist',
    vault('address = "https://v:8200"\n token = "t"\n kv_version = 3'),
    'config',
    '`config.kv_version`: Give 1 or 2.',
  ],
  [
    'an auth method that does not exist',
    vault('address = "https://v:8200"\n token = "t"\n auth_method = "password"'),
    'config',
    '`config.auth_method`: Give one of token, approle, kubernetes, jwt, aws.',
  ],
  [
    'a mask as token',
    vault('address = "https://v:8200"\n token = "••••••••"'),
    'config',
    '`config.token`: This is a mask, not a credential',
  ],
  ['a name with a slash', secret('name = "a/b"\n value = "x"'), 'name', 'A name has no `/`'],
  [
    'a value and a remote path at once',
    secret('name = "a"\n value = "x"\n remote_path = "p"'),
    'value',
    'or `provider_id` and `remote_path`, to read it from a provider',
  ],
  [
    'a remote key without a path',
    secret('name = "a"\n remote_key = "k"\n provider_id = "0198c0de-0000-7000-8000-000000000000"'),
    'remote_key',
    'A remote secret needs `provider_id` and `remote_path`.',
  ],
  [
    'a remote key alone',
    secret('name = "a"\n remote_key = "k"'),
    'remote_key',
    'A remote secret needs `provider_id` and `remote_path`.',
  ],
  [
    'an id in upper case',
    env(`${agent}\n name = "A"\n secret_id = "0198C0DE-0000-7000-8000-000000000000"`),
    'secret_id',
    'Write an id in lower case.',
  ],
  [
    'neither a value nor a place',
    secret('name = "a"'),
    'agyn_secret',
    'Give `value`, to keep it, or `provider_id` and `remote_path`',
  ],
  [
    'a value for a remote secret',
    secret('name = "a"\n value = "x"\n storage = "remote"'),
    'storage',
    'A remote secret has no `value`',
  ],
  ['a mask as value', secret('name = "a"\n value = "********"'), 'value', 'This is a mask'],
  ['bad base64', secret('name = "a"\n value_base64 = "%%%"'), 'value_base64', 'This is not base64'],
  [
    'both values',
    secret('name = "a"\n value = "x"\n value_base64 = "eA=="'),
    'value_base64',
    'Give either `value` or `value_base64`.',
  ],
  [
    'a value that is too long',
    secret('name = "a"\n value = join("", [for i in range(1024) : format("%065d", i)])'),
    'value',
    'A value has at most 64 KiB',
  ],
  [
    'a path that climbs',
    secret(
      'name = "a"\n remote_path = "kv/../x"\n provider_id = "0198c0de-0000-7000-8000-000000000000"',
    ),
    'remote_path',
    'no `..`',
  ],
  [
    'a time that is none',
    secret('name = "a"\n value = "x"\n expires_at = "tomorrow"'),
    'expires_at',
    'Give a time such as 2027-01-31T12:00:00Z.',
  ],
  [
    'a category that does not exist',
    secret('name = "a"\n value = "x"\n category = "misc"'),
    'category',
    'Give provider_credential,',
  ],
  [
    'a provider id that is none',
    secret('name = "a"\n remote_path = "p"\n provider_id = "vault_prod"'),
    'provider_id',
    'Give its id, a UUID',
  ],
  [
    'an organization id that is none',
    secret('name = "a"\n value = "x"\n organization_id = "acme"'),
    'organization_id',
    'Give its id, a UUID',
  ],
  [
    'an env name with =',
    env(`${agent}\n name = "A=B"\n value = "x"`),
    'name',
    'A name begins with a letter or `_`',
  ],
  [
    'both a plain value and a secret',
    env(`${agent}\n name = "A"\n value = "x"\n secret_id = "0198c0de-0000-7000-8000-000000000000"`),
    'value',
    'Give either `value`, `secret_id` or `template`.',
  ],
  ['an env with nothing', env(`${agent}\n name = "A"`), 'agyn_env', 'Give either'],
  [
    'a consumer of another kind',
    env('consumer = { kind = "robot", id = "b" }\n name = "A"\n value = "x"'),
    'consumer',
    '`consumer.kind`: Give one of agent, mcp_server',
  ],
]

describe('a plan', () => {
  it.for(cases)('refuses %s, on its attribute', async ([, hcl, at, message]) => {
    const terraform = world.terraform().write(hcl)
    const { code, output, raw } = await terraform.plan()
    expect(output).toContain(message)
    expect(code).toBe(1)
    expect(raw.match(/^Error: /gm)).toHaveLength(1)
    // The line that the attribute begins in, or that of the block when it is absent.
    expect(pointedAt(raw)).toContain(at)
  })

  it('tells everything that is wrong at once', async () => {
    const terraform = world.terraform().write(`
      ${provider('name = " a"\n type = "vault"\n config = { address = "x", kv_version = 7, token = "" }')}
      ${secret('name = ""\n value = "x"\n category = "y"')}`)
    const { raw } = await terraform.plan()
    expect(raw.match(/^Error: /gm)).toHaveLength(6)
  })

  it('does not guess what is not known yet', async () => {
    const terraform = world.terraform()
    terraform.write(`
      resource "terraform_data" "known_later" { input = "x" }
      resource "agyn_secret_provider" "p" {
        name   = terraform_data.known_later.output
        type   = "vault"
        config = {
          address = "https://\${terraform_data.known_later.output}.example:8200"
          token   = terraform_data.known_later.output
        }
      }
      resource "terraform_data" "settings" {
        input = { address = "https://vault.example:8200", token = "hvs.one" }
      }
      resource "agyn_secret_provider" "whole" {
        name   = "whole"
        type   = "vault"
        config = terraform_data.settings.output
      }
      resource "agyn_secret" "value" {
        name  = "value"
        value = terraform_data.known_later.output
      }
      resource "agyn_secret" "base64" {
        name         = "base64"
        value_base64 = base64encode(terraform_data.known_later.output)
      }
      resource "agyn_secret" "path" {
        name        = "path"
        provider_id = agyn_secret_provider.p.id
        remote_path = terraform_data.known_later.output
      }
      resource "agyn_secret" "either" {
        name        = "either"
        value       = terraform_data.known_later.output == "y" ? "v" : null
        provider_id = terraform_data.known_later.output == "x" ? agyn_secret_provider.p.id : null
        remote_path = terraform_data.known_later.output == "x" ? "p" : null
      }
      resource "agyn_env" "plain" {
        ${agent}
        name  = "PLAIN"
        value = terraform_data.known_later.output
      }
      resource "agyn_env" "secret" {
        consumer  = { kind = "agent", id = terraform_data.known_later.output }
        name      = "SECRET"
        secret_id = agyn_secret.either.id
      }`)
    const planned = await terraform.planned()
    expect(planned['agyn_secret.path']?.after).toMatchObject({ storage: 'remote', version: null })
    expect(planned['agyn_secret.either']?.unknown).toMatchObject({ storage: true, version: true })
    await terraform.applied()
    expect(terraform.state('agyn_secret.either')).toMatchObject({ storage: 'remote', value: null })
    expect(terraform.state('agyn_secret.base64')).toMatchObject({ storage: 'local' })
  })

  it('refuses at apply what turned out wrong, on its attribute, and makes nothing of it', async () => {
    const terraform = world.terraform()
    terraform.write(`
      resource "terraform_data" "known_later" { input = "••••••••" }
      resource "agyn_secret" "a" {
        name         = "turns-out-wrong"
        value_base64 = terraform_data.known_later.output
      }`)
    const { code, output, raw } = await terraform.apply()
    expect(code).toBe(1)
    expect(output).toContain('This is a mask, not a value')
    expect(pointedAt(raw)).toContain('value_base64')
    expect(terraform.states('agyn_secret')).toEqual([])
  })

  it('is made while the provider itself is not configured yet', async () => {
    const terraform = world.terraform(world.api.adminToken)
    terraform.write(
      `terraform {
        required_providers {
          agyn = {
            source = "agynio/agyn"
          }
        }
      }
      variable "api_url" {}
      variable "api_token" {}
      resource "terraform_data" "known_later" { input = var.api_url }
      provider "agyn" {
        api_url   = terraform_data.known_later.output
        api_token = var.api_token
      }`,
      'provider.tf',
    )
    terraform.write('resource "agyn_organization" "a" {\n name = "made-later"\n}')
    await terraform.applied()
  })
})

/** The line of the configuration that a diagnostic shows. */
const pointedAt = (raw: string): string => /^ +\d+: (.*)$/m.exec(raw)?.[1] ?? ''
