import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
/** Made outside Terraform. */
let ids: {
  readonly provider: string
  readonly secret: string
  readonly remote: string
  readonly env: string
}
beforeAll(async () => {
  world = await World.start()
  const owner = world.api.client(world.acme.owner)
  const provider = await owner.call('CreateSecretProvider', {
    body: {
      name: "Vault, Bob's",
      type: 'vault',
      description: 'for CI',
      config: { address: 'https://vault.example:8200', token: 'hvs.one', kvVersion: 2 },
    },
  })
  const secret = await owner.call('CreateSecret', { body: { name: 'stripe', value: 'sk_live' } })
  const remote = await owner.call('CreateSecret', {
    body: { name: 'database', providerId: provider.id, remotePath: 'kv/db', remoteKey: 'password' },
  })
  const consumer = { kind: 'agent', id: 'billing/eu 50%' } as const
  const env = await owner.call('CreateEnv', {
    body: { consumer, name: 'STRIPE', secretId: secret.id },
  })
  ids = { provider: provider.id, secret: secret.id, remote: remote.id, env: env.id }
})
afterAll(() => world.close())

const configuration = `
  resource "agyn_organization" "o" { name = "acme" }
  resource "agyn_secret_provider" "p" {
    name        = "Vault, Bob's"
    type        = "vault"
    description = "for CI"
    config      = { address = "https://vault.example:8200", token = "hvs.two", kv_version = 2 }
  }
  resource "agyn_secret" "s" {
    name  = "stripe"
    value = "sk_live"
  }
  resource "agyn_secret" "r" {
    name        = "database"
    provider_id = agyn_secret_provider.p.id
    remote_path = "kv/db"
    remote_key  = "password"
  }
  resource "agyn_env" "e" {
    consumer  = { kind = "agent", id = "billing/eu 50%" }
    name      = "STRIPE"
    secret_id = agyn_secret.s.id
  }`

describe('terraform import', () => {
  it.for(['id', 'name'] as const)('finds everything by its %s', async (by) => {
    const terraform = world.terraform(world.api.adminToken).write(configuration)
    const [organization, version] = by === 'id' ? [world.acme.id, '1'] : ['acme', '1']
    const named = {
      'agyn_organization.o': organization,
      'agyn_secret_provider.p': by === 'id' ? ids.provider.toUpperCase() : "acme/Vault, Bob's",
      'agyn_secret.s': by === 'id' ? ids.secret : `${world.acme.id}/stripe`,
      'agyn_secret.r': by === 'id' ? ids.remote : 'acme/database',
      'agyn_env.e': by === 'id' ? ids.env : 'acme/agent/billing%2Feu%2050%25/STRIPE',
    }
    for (const [address, id] of Object.entries(named)) {
      const { code, output } = await terraform.import(address, id)
      expect([code, output]).toEqual([0, expect.stringContaining('Import successful!')])
    }
    // A credential cannot be read, so what the configuration says of it is sent once; all else agrees.
    const planned = await terraform.planned()
    expect(Object.keys(planned)).toEqual(['agyn_secret.s', 'agyn_secret_provider.p'])
    expect(planned['agyn_secret.s']).toMatchObject({ actions: ['update'] })
    expect(planned['agyn_secret_provider.p']?.before).toMatchObject({ config: { token: null } })
    await terraform.applied()
    expect(terraform.state('agyn_secret.s')).toMatchObject({ id: ids.secret, version })
    expect(terraform.state('agyn_env.e')).toMatchObject({ id: ids.env, secret_id: ids.secret })
  })

  it.for([
    ['agyn_organization.o', 'initech', 'There is no organization "initech".'],
    ['agyn_secret_provider.p', 'acme/none', 'Import it by its id or by `organization/name`.'],
    ['agyn_secret.s', 'stripe', 'There is no secret "stripe".'],
    ['agyn_secret.s', '0198c0de-0000-7000-8000-000000000000', 'There is no secret "0198c0de'],
    ['agyn_env.e', 'acme/agent/none/STRIPE', 'There is no env'],
    ['agyn_env.e', 'acme/robot/none/STRIPE', 'robot'],
    ['agyn_env.e', 'acme/agent/50%/STRIPE', 'The import id is not percent-encoded.'],
  ] as const)('says of %s that there is no %s', async ([address, id, message]) => {
    const terraform = world.terraform(world.api.adminToken).write(configuration)
    const { code, output } = await terraform.import(address, id)
    expect(output).toContain(message)
    expect(code).toBe(1)
  })

  it('finds a secret of another scope by the path of that, and says where else the name is', async () => {
    const owner = world.api.client(world.acme.owner)
    const team = await owner.call('CreateScope', { body: { kind: 'team', name: 'payments' } })
    const { id } = await owner.call('CreateSecret', {
      body: { name: 'scoped', value: 'v', scopeId: team.id },
    })
    const terraform = world.terraform().write('resource "agyn_secret" "s" {\n name = "scoped"\n}')
    const { code, output } = await terraform.import('agyn_secret.s', 'acme/scoped')
    expect(code).toBe(1)
    expect(output).toContain(`In other scopes there is: ${id}.`)
    await terraform.import('agyn_secret.s', 'acme/payments/scoped')
    expect(terraform.state('agyn_secret.s')).toMatchObject({ id, scope_id: team.id })
  })

  it('is what the refusal of a taken name tells to do, word for word', async () => {
    const terraform = world.terraform().write(configuration)
    const { code, raw } = await terraform.apply('-target=agyn_secret_provider.p')
    expect(code).toBe(1)
    expect(raw).toContain(`A secret provider named "Vault, Bob's" already exists.`)
    const [, id = ''] = /terraform import agyn_secret_provider.NAME '(.*)'$/m.exec(raw) ?? []
    const unquoted = id.replaceAll("'\\''", "'")
    expect(unquoted).toBe(ids.provider)
    expect(await terraform.import('agyn_secret_provider.p', unquoted)).toMatchObject({ code: 0 })
  })
})

describe('an import block', () => {
  it('writes the configuration of what it imports', async () => {
    const terraform = world.terraform()
    terraform.write(`
      import {
        to = agyn_secret.database
        id = "acme/database"
      }
      import {
        to = agyn_env.stripe
        id = "${ids.env}"
      }
      import {
        to = agyn_secret.stripe
        id = "${ids.secret}"
      }`)
    const { output } = await terraform.plan('-generate-config-out=generated.tf')
    expect(output).toContain('Plan: 3 to import, 0 to add, 0 to change, 0 to destroy.')
    expect(readFileSync(terraform.path('generated.tf'), 'utf8')).toContain('"kv/db"')
    await terraform.applied()
    expect(terraform.state('agyn_env.stripe')).toMatchObject({ id: ids.env })
    // A value that nobody wrote down here is left as it is.
    expect(terraform.state('agyn_secret.stripe')).toMatchObject({ storage: 'local', value: null })
    expect(await world.resolve(ids.secret)).toMatchObject({ value: 'sk_live' })
  })

  it('writes the configuration of a provider, which keeps the credentials that it has', async () => {
    const terraform = world.terraform()
    terraform.write(`
      import {
        to = agyn_secret_provider.vault
        id = "${ids.provider}"
      }`)
    const { output } = await terraform.plan('-generate-config-out=generated.tf')
    expect(output).toContain('Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.')
    await terraform.applied()
    const generated = readFileSync(terraform.path('generated.tf'), 'utf8')
    const described = generated.replace(/description += .*/, 'description = "changed"')
    await terraform.write(described, 'generated.tf').applied()
    const params = { id: ids.provider }
    const found = await world.api.client(world.acme.owner).call('GetSecretProvider', { params })
    expect(found).toMatchObject({ description: 'changed', config: { token: '••••••••' } })
    // To another address they would not go along.
    terraform.write(described.replace('vault.example', 'other.example'), 'generated.tf')
    const refused = await terraform.plan()
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('`config.token`: This field is required.')
  })
})
