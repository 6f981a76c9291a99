import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { makeAuthority } from '../api/backends/outbound/make-certificate.ts'
import { World } from './world.ts'

let world: World
let vault: FakeVault
beforeAll(async () => {
  vault = await startVault({ mounts: { secret: 2, 'teams/kv': 2 } })
  vault.put('secret/data/app', '{"password":"s3cret","user":"app"}')
  world = await World.start()
})
afterAll(async () => {
  await world.close()
  await vault.close()
})

const updated = { actions: ['update'] }
const replaced = { actions: ['delete', 'create'] }

describe('agyn_organization', () => {
  it('is renamed in place', async () => {
    const terraform = world.terraform(world.api.adminToken)
    await terraform.applied('resource "agyn_organization" "a" {\n name = "initech"\n}')
    const { id } = terraform.state('agyn_organization.a') ?? {}
    terraform.write('resource "agyn_organization" "a" {\n name = "Initech, Inc."\n}')
    expect(await terraform.planned()).toMatchObject({ 'agyn_organization.a': updated })
    await terraform.applied()
    expect(terraform.state('agyn_organization.a')).toMatchObject({ id, name: 'Initech, Inc.' })
    // Version 7, so that what is made later sorts later, as the API's own ids do.
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
  })
})

describe('agyn_secret_provider', () => {
  const { cert } = makeAuthority('acme')
  const provider = (name: string, more: string, config: string, type = 'vault') => `
    variable "vault_token" {
      default   = "hvs.first"
      sensitive = true
    }
    resource "agyn_secret_provider" "a" {
      name = "${name}"
      type = "${type}"
      ${more}
      config = {
        address = "https://vault.example:8200"
        token   = var.vault_token
        ${config}
      }
    }`
  const full = `namespace = "team-a"
        kv_version     = 2
        mount          = "teams/kv"
        auth_method    = "token"
        ca_certificate = ${JSON.stringify(cert)}`

  it('takes every argument set, changed and unset again, in place', async () => {
    const terraform = world.terraform()
    const only = 'agyn_secret_provider.a'
    await terraform.applied(provider('lives', '', ''))
    const { id } = terraform.state(only) ?? {}
    const steps: [string, object][] = [
      [
        provider('lives', 'description = "for CI"\n force_destroy = true', full),
        { description: 'for CI', force_destroy: true },
      ],
      [
        provider('lives on', 'description = ""', full.replace('team-a', 'team-b')),
        { name: 'lives on', description: '', force_destroy: false },
      ],
      [
        provider('lives on', '', 'kv_version = 1'),
        { description: null, config: { ca_certificate: null, mount: null, kv_version: 1 } },
      ],
    ]
    for (const [configuration, expected] of steps) {
      terraform.write(configuration)
      expect(await terraform.planned()).toMatchObject({ [only]: updated })
      await terraform.applied()
      expect(terraform.state(only)).toMatchObject({ id, ...expected })
    }
    const client = world.api.client(world.acme.owner)
    const found = await client.call('GetSecretProvider', { params: { id: String(id) } })
    expect(found.config).toMatchObject({ address: 'https://vault.example:8200', kvVersion: 1 })
    expect(Object.keys(found.config).sort()).not.toContain('namespace')
    expect(found).not.toHaveProperty('description')
  })

  it('rotates its token in place, and the secrets behind it read on', async () => {
    const terraform = world.terraform().set({ TF_VAR_vault_token: 'hvs.expired' })
    await terraform.applied(`
      ${provider('rotates', '', '').replace('https://vault.example:8200', vault.address)}
      resource "agyn_secret" "password" {
        name        = "rotated"
        provider_id = agyn_secret_provider.a.id
        remote_path = "secret/data/app"
        remote_key  = "password"
      }`)
    const { id } = terraform.state('agyn_secret.password') ?? {}
    await expect(world.resolve(id)).rejects.toMatchObject({ code: 'resolution_failed' })
    terraform.set({ TF_VAR_vault_token: rightToken })
    expect(Object.keys(await terraform.planned())).toEqual(['agyn_secret_provider.a'])
    const { output } = await terraform.applied()
    expect(output).toContain('0 added, 1 changed, 0 destroyed')
    expect(world.api.output).toContain('UpdateSecretProvider')
    expect(await world.resolve(id)).toMatchObject({ value: 's3cret' })
  })

  it('sends its token along when only its address changes', async () => {
    const terraform = world.terraform().set({ TF_VAR_vault_token: rightToken })
    const at = (address: string) =>
      `${provider('moves', '', '').replace('https://vault.example:8200', address)}
      resource "agyn_secret" "user" {
        name        = "moved"
        provider_id = agyn_secret_provider.a.id
        remote_path = "secret/data/app"
        remote_key  = "user"
      }`
    await terraform.applied(at('https://elsewhere.example:8200'))
    await terraform.write(at(vault.address)).applied()
    const { id } = terraform.state('agyn_secret.user') ?? {}
    expect(await world.resolve(id)).toMatchObject({ value: 'app' })
  })

  it('is replaced by a change of its organization', async () => {
    const terraform = world.terraform(world.api.adminToken)
    const globex = await world.api.organization('globex')
    const of = (organization: string) =>
      provider('settles', `organization_id = "${organization}"`, '')
    await terraform.applied(of(world.acme.id))
    terraform.write(of(globex.id))
    expect(await terraform.planned()).toMatchObject({ 'agyn_secret_provider.a': replaced })
    await terraform.applied()
  })
})

describe('agyn_secret', () => {
  it('takes every argument of a local secret set, changed and unset again, in place', async () => {
    const terraform = world.terraform()
    const only = 'agyn_secret.a'
    const secret = (body: string) => terraform.write(`resource "agyn_secret" "a" {\n${body}\n}`)
    await secret('name = "local"\n value = "one"').applied()
    const { id, version } = terraform.state(only) ?? {}
    expect(version).toBe('1')
    const steps: [string, object][] = [
      [
        `name = "local"
         value = "one"
         storage = "local"
         category = "agent_secret"
         description = "for CI"
         expires_at = "2031-01-31T12:00:00+02:00"
         force_destroy = true`,
        { category: 'agent_secret', expires_at: '2031-01-31T12:00:00+02:00', version: '1' },
      ],
      [
        `name = "local, renamed"
         value = "two"
         category = "other"
         description = "for all"
         expires_at = "2032-01-31T12:00:00.123456Z"`,
        { name: 'local, renamed', version: '2', force_destroy: false },
      ],
      [
        'name = "local, renamed"\n value_base64 = "dHdv"',
        { description: null, expires_at: null, value: null, value_base64: 'dHdv' },
      ],
      ['name = "local, renamed"\n value = ""', { value: '', value_base64: null }],
    ]
    for (const [body, expected] of steps) {
      secret(body)
      expect(await terraform.planned()).toMatchObject({ [only]: updated })
      await terraform.applied()
      expect(terraform.state(only)).toMatchObject({ id, storage: 'local', ...expected })
    }
    expect(await world.resolve(id)).toMatchObject({ value: '' })
    // What does not touch the value leaves its version known.
    secret('name = "local, once more"\n value = ""')
    expect((await terraform.planned())[only]?.unknown).toEqual({})
  })

  it('takes every argument of a remote secret set, changed and unset again, in place', async () => {
    const terraform = world.terraform()
    const other = (name: string) => `resource "agyn_secret_provider" "${name}" {
        name   = "store ${name}"
        type   = "vault"
        config = { address = "${vault.address}", token = "${rightToken}" }
      }`
    const secret = (body: string) =>
      terraform.write(
        `${other('x')}\n${other('y')}\nresource "agyn_secret" "a" {\n name = "remote"\n${body}\n}`,
      )
    const remote = (provider: string, path: string) =>
      `provider_id = agyn_secret_provider.${provider}.id\n remote_path = "${path}"\n`
    await secret(remote('x', 'secret/data/app')).applied()
    const { id } = terraform.state('agyn_secret.a') ?? {}
    const steps: [string, object][] = [
      [
        `${remote('x', 'secret/data/app')} storage = "remote"\n remote_key = "/user"\n remote_version = "1"`,
        { remote_key: '/user', remote_version: '1' },
      ],
      [
        `${remote('y', 'secret/app')} remote_key = "password"`,
        { remote_key: 'password', remote_version: null, remote_path: 'secret/app' },
      ],
      [remote('y', 'secret/app'), { remote_key: null, value_fingerprint: null, version: null }],
    ]
    for (const [body, expected] of steps) {
      secret(body)
      expect(await terraform.planned()).toMatchObject({ 'agyn_secret.a': updated })
      await terraform.applied()
      expect(terraform.state('agyn_secret.a')).toMatchObject({ id, storage: 'remote', ...expected })
    }
    const { value } = await world.resolve(id)
    expect(JSON.parse(value)).toEqual({ password: 's3cret', user: 'app' })
  })
})

describe('agyn_env', () => {
  it('changes between a plain value, a secret and a template in place, and to another consumer by replacement', async () => {
    const terraform = world.terraform()
    const only = 'agyn_env.a'
    const env = (body: string, consumer = 'billing') =>
      terraform.write(`
        resource "agyn_secret" "s" {
          name  = "for-env"
          value = "from the secret"
        }
        resource "agyn_env" "a" {
          consumer = { kind = "agent", id = "${consumer}" }
          ${body}
        }`)
    await env('name = "REGION"\n value = "eu"').applied()
    const { id } = terraform.state(only) ?? {}
    for (const body of [
      'name = "region_2"\n value = "us"',
      'name = "region_2"\n secret_id = agyn_secret.s.id',
      'name = "REGION"\n secret_id = agyn_secret.s.id',
      'name = "REGION"\n template = "<$${secret:${agyn_secret.s.name}}>"',
      'name = "REGION"\n value = ""',
      'name = "REGION"\n value = ""\n timeouts {\n update = "1m"\n }',
      'name = "REGION"\n value = ""',
    ]) {
      env(body)
      expect(await terraform.planned()).toMatchObject({ [only]: updated })
      await terraform.applied()
      expect(terraform.state(only)).toMatchObject({ id })
    }
    env('name = "REGION"\n value = ""', 'support/eu')
    expect(await terraform.planned()).toMatchObject({ [only]: replaced })
    await terraform.applied()
    expect(terraform.state(only)).toMatchObject({ consumer: { kind: 'agent', id: 'support/eu' } })
  })

  it('is not changed by a plan that somebody else overtook', async () => {
    const terraform = world.terraform()
    const env = (value: string) =>
      terraform.write(`resource "agyn_env" "a" {
        consumer = { kind = "agent", id = "overtaken" }
        name     = "REGION"
        value    = "${value}"
      }`)
    await env('eu').applied()
    await env('us').plan('-out=plan')
    const id = String(terraform.state('agyn_env.a')?.['id'])
    const theirs = { params: { id }, body: { value: 'asia' } }
    await world.api.client(world.acme.owner).call('UpdateEnv', theirs)
    const { code, output } = await terraform.run('apply', '-no-color', 'plan')
    expect([code, output]).toEqual([1, expect.stringContaining('changed')])
    await terraform.applied()
  })
})
