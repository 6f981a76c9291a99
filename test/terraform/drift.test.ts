import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../contract/client.ts'
import type { Terraform } from '../support/terraform.ts'
import { World } from './world.ts'

let world: World
let owner: Client
beforeAll(async () => {
  world = await World.start()
  owner = world.api.client(world.acme.owner)
})
afterAll(() => world.close())

const configuration = (name: string) => `
  resource "agyn_secret_provider" "p" {
    name        = "${name}"
    type        = "vault"
    description = "for CI"
    config      = { address = "https://vault.example:8200", token = "hvs.one" }
  }
  resource "agyn_secret" "s" {
    name  = "${name}"
    value = "canary-${name}"
  }
  resource "agyn_env" "e" {
    consumer  = { kind = "agent", id = "${name}" }
    name      = "A"
    secret_id = agyn_secret.s.id
  }`

async function settled(name: string): Promise<{ terraform: Terraform; id: Ids }> {
  const terraform = world.terraform()
  await terraform.applied(configuration(name))
  const idOf = (address: string) => ({ id: String(terraform.state(address)?.['id']) })
  const id = {
    provider: idOf('agyn_secret_provider.p'),
    secret: idOf('agyn_secret.s'),
    env: idOf('agyn_env.e'),
  }
  return { terraform, id }
}
interface Id {
  readonly id: string
}
interface Ids {
  readonly provider: Id
  readonly secret: Id
  readonly env: Id
}

const updated = { actions: ['update'] }
const created = { actions: ['create'] }

describe('a plan after a change from outside', () => {
  it('shows names, descriptions and addresses, and puts them back in place', async () => {
    const { terraform, id } = await settled('renamed')
    await owner.call('UpdateSecretProvider', {
      params: id.provider,
      body: {
        name: 'other',
        description: null,
        config: { address: 'https://evil.example:8200', token: 'hvs.two' },
      },
    })
    await owner.call('UpdateSecret', {
      params: id.secret,
      body: { name: 'other', category: 'agent_secret', expiresAt: '2031-01-31T12:00:00Z' },
    })
    await owner.call('UpdateEnv', { params: id.env, body: { name: 'B' } })
    expect(await terraform.planned()).toMatchObject({
      'agyn_secret_provider.p': {
        ...updated,
        before: {
          name: 'other',
          description: null,
          config: { address: 'https://evil.example:8200' },
        },
      },
      'agyn_secret.s': { ...updated, before: { category: 'agent_secret' } },
      'agyn_env.e': { ...updated, before: { name: 'B' } },
    })
    await terraform.applied()
    const provider = await owner.call('GetSecretProvider', { params: id.provider })
    expect(provider).toMatchObject({
      name: 'renamed',
      description: 'for CI',
      config: { address: 'https://vault.example:8200' },
    })
  })

  it('sees another value by its fingerprint alone, and puts the right one back', async () => {
    const { terraform, id } = await settled('rewritten')
    const fingerprint = terraform.state('agyn_secret.s')?.['value_fingerprint']
    await owner.call('UpdateSecret', { params: id.secret, body: { value: 'another' } })
    const { output } = await terraform.plan()
    expect(output).toContain('1 to change')
    expect(output).not.toContain('canary')
    await terraform.applied()
    expect(terraform.state('agyn_secret.s')).toMatchObject({
      value: 'canary-rewritten',
      value_fingerprint: fingerprint,
      version: '3',
    })
    expect(await world.resolve(id.secret.id)).toMatchObject({ value: 'canary-rewritten' })
  })

  it('refuses to apply over a value that was set since the plan, and the next plan sees it', async () => {
    const { terraform, id } = await settled('overtaken')
    terraform.write(
      configuration('overtaken').replace(
        'value = "canary',
        'description = "new"\n    value = "canary',
      ),
    )
    expect((await terraform.run('plan', '-out=saved', '-input=false')).code).toBe(0)
    await owner.call('UpdateSecret', { params: id.secret, body: { value: 'overtaking' } })
    const { code, output } = await terraform.run('apply', '-input=false', 'saved')
    expect(output).toContain('changed since')
    expect(code).toBe(1)
    expect(await world.resolve(id.secret.id)).toMatchObject({ value: 'overtaking' })
    expect(await terraform.planned()).toMatchObject({ 'agyn_secret.s': updated })
    await terraform.applied()
    expect(await world.resolve(id.secret.id)).toMatchObject({ value: 'canary-overtaken' })
  })

  it('sees a secret that was pointed elsewhere, and points it back', async () => {
    const { terraform, id } = await settled('pointed')
    const remote = `resource "agyn_secret" "r" {
      name        = "pointed elsewhere"
      provider_id = agyn_secret_provider.p.id
      remote_path = "kv/right"
      remote_key  = "password"
    }`
    await terraform.applied(`${configuration('pointed')}\n${remote}`)
    const other = await owner.call('CreateSecretProvider', {
      body: {
        name: 'elsewhere',
        type: 'vault',
        config: { address: 'https://evil.example', token: 't' },
      },
    })
    await owner.call('UpdateSecret', {
      params: { id: String(terraform.state('agyn_secret.r')?.['id']) },
      body: { providerId: other.id, remotePath: 'kv/wrong', remoteKey: null, remoteVersion: '1' },
    })
    expect(await terraform.planned()).toMatchObject({
      'agyn_secret.r': { ...updated, before: { remote_path: 'kv/wrong', remote_version: '1' } },
    })
    await terraform.applied()
    expect(terraform.state('agyn_secret.r')).toMatchObject({ provider_id: id.provider.id })
  })

  it('makes again what was deleted, and points what refers to it to the new one', async () => {
    const { terraform, id } = await settled('deleted')
    await owner.call('DeleteSecretProvider', { params: id.provider })
    await owner.call('DeleteSecret', { params: id.secret, query: { force: 'true' } })
    expect(await terraform.planned()).toMatchObject({
      'agyn_secret_provider.p': created,
      'agyn_secret.s': created,
      'agyn_env.e': updated,
    })
    await terraform.applied()
    expect(terraform.state('agyn_secret.s')).not.toMatchObject(id.secret)
    expect(terraform.state('agyn_env.e')).toMatchObject(id.env)
  })

  it('is the same for a member, who is shown no fingerprint', async () => {
    const { terraform, id } = await settled('for-members')
    terraform.set({ TF_VAR_api_token: world.acme.member })
    expect(await terraform.plan()).toMatchObject({ code: 0 })
    await owner.call('UpdateSecret', { params: id.secret, body: { value: 'another' } })
    expect(await terraform.planned()).toMatchObject({ 'agyn_secret.s': updated })
    const { output } = await terraform.apply()
    expect(output).toContain('the token may not do this')
  })
})

describe('destroying', () => {
  it('is content with what is gone already', async () => {
    const { terraform, id } = await settled('gone')
    await owner.call('DeleteEnv', { params: id.env })
    await owner.call('DeleteSecret', { params: id.secret })
    await owner.call('DeleteSecretProvider', { params: id.provider })
    const { code, output } = await terraform.destroy('-refresh=false')
    expect(output).toContain('3 destroyed')
    expect(code).toBe(0)
  })

  it('refuses a provider that secrets refer to, until force_destroy is applied', async () => {
    const terraform = world.terraform()
    const provider = (more: string) =>
      terraform.write(`resource "agyn_secret_provider" "p" {
        name   = "in-use"
        type   = "vault"
        config = { address = "https://vault.example:8200", token = "hvs.one" }
        ${more}
      }`)
    await provider('').applied()
    const providerId = String(terraform.state('agyn_secret_provider.p')?.['id'])
    const secret = await owner.call('CreateSecret', {
      body: { name: 'refers', providerId, remotePath: 'secret/app' },
    })
    const { code, output } = await terraform.destroy()
    expect(code).toBe(1)
    expect(output).toContain('The secret provider "in-use" is still in use.')
    expect(output).toContain(`secret "refers" (${secret.id})`)
    expect(output).toContain('`force_destroy = true`')
    await provider('force_destroy = true').applied()
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
    await expect(world.resolve(secret.id)).rejects.toMatchObject({ code: 'resolution_failed' })
  })

  it('refuses a secret that envs refer to, until force_destroy is applied', async () => {
    const terraform = world.terraform()
    const secret = (more: string) =>
      terraform.write(`resource "agyn_secret" "s" {\n name = "bound"\n value = "x"\n${more}\n}`)
    await secret('').applied()
    const secretId = String(terraform.state('agyn_secret.s')?.['id'])
    const consumer = { kind: 'agent', id: 'bound' } as const
    await owner.call('CreateEnv', { body: { consumer, name: 'BOUND', secretId } })
    expect((await terraform.destroy()).output).toContain('env "BOUND"')
    await secret('force_destroy = true').applied()
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
  })

  it('refuses an organization that holds something, and offers no force', async () => {
    const terraform = world.terraform(world.api.adminToken)
    await terraform.applied('resource "agyn_organization" "o" {\n name = "full"\n}')
    const organizationId = String(terraform.state('agyn_organization.o')?.['id'])
    const admin = world.api.client()
    const secret = await admin.call('CreateSecret', {
      body: { organizationId, name: 'inside', value: 'x' },
    })
    const { code, output } = await terraform.destroy()
    expect(code).toBe(1)
    expect(output).toContain('The organization "full" is still in use.')
    expect(output).not.toContain('force')
    await admin.call('DeleteSecret', { params: { id: secret.id } })
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
  })
})
