import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import type { Terraform } from '../support/terraform.ts'
import { World } from './world.ts'

let world: World
let vault: FakeVault
beforeAll(async () => {
  world = await World.start()
  vault = await startVault({ mounts: { secret: 2 } })
  vault.put('secret/data/app', '{"password":"from vault"}')
})
afterAll(async () => {
  await world.close()
  await vault.close()
})

const configuration = (secret: string, provider = '') => `
  resource "agyn_secret_provider" "p" {
    name   = "vault"
    type   = "vault"
    config = { address = "${vault.address}", token = "${rightToken}" }
    ${provider}
  }
  resource "agyn_secret" "s" {
    name = "planned"
    ${secret}
  }`

/** The one change that is planned: the attributes that change, and those that are not known yet. */
async function change(terraform: Terraform, configuration: string) {
  const planned = await terraform.write(configuration).planned()
  const [[address = '', { before = {}, after = {}, unknown }] = ['', {} as never], ...others] =
    Object.entries(planned)
  expect(others).toEqual([])
  const names = Object.keys({ ...before, ...after })
  return {
    address,
    changed: names.filter(
      (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]) && !unknown[name],
    ),
    unknown: Object.keys(unknown).filter((name) => unknown[name] === true),
  }
}

describe('a plan', () => {
  it('says of what is new all that is decided already', async () => {
    const terraform = world
      .terraform()
      .write('resource "agyn_secret" "s" {\n name = "new"\n value = "v"\n}')
    const { after, unknown } = (await terraform.planned())['agyn_secret.s'] ?? {}
    const owner = world.api.client(world.acme.owner)
    const { rootScopeId } = await owner.call('GetOrganization', { params: { id: world.acme.id } })
    expect(after).toMatchObject({
      organization_id: world.acme.id,
      scope_id: rootScopeId,
      storage: 'local',
      category: 'other',
      reference: null,
    })
    expect(unknown).toEqual({ id: true, value_fingerprint: true, version: true })
  })

  it('shows of a change what changes, and where a value goes', async () => {
    const terraform = world.terraform()
    await terraform.applied(configuration('value = "one"'))
    const steps: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['value = "one"\n description = "d"', ['description'], []],
      ['value = "two"', ['description', 'value'], ['value_fingerprint', 'version']],
      [
        'value = "two"\n provider_id = agyn_secret_provider.p.id',
        ['provider_id', 'storage'],
        ['version'],
      ],
      ['value = "two"\n storage = "local"', ['provider_id', 'storage'], ['version']],
      [
        'provider_id = agyn_secret_provider.p.id\n remote_path = "secret/data/app"\n remote_key = "password"',
        [
          'provider_id',
          'remote_key',
          'remote_path',
          'storage',
          'value',
          'value_fingerprint',
          'version',
        ],
        ['reference'],
      ],
      [
        'provider_id = agyn_secret_provider.p.id\n remote_path = "secret/data/app"\n remote_key = "password"\n description = "d"',
        ['description'],
        [],
      ],
      [
        'value = "three"',
        [
          'description',
          'provider_id',
          'reference',
          'remote_key',
          'remote_path',
          'storage',
          'value',
        ],
        ['value_fingerprint', 'version'],
      ],
    ]
    for (const [body, changed, unknown] of steps) {
      const found = await change(terraform, configuration(body))
      expect({ ...found, changed: found.changed.sort(), unknown: found.unknown.sort() }).toEqual({
        address: 'agyn_secret.s',
        changed,
        unknown,
      })
      await terraform.applied()
    }
    const provider = await change(
      terraform,
      configuration('value = "three"', 'description = "d"\n allow_browse = true'),
    )
    expect(provider).toEqual({
      address: 'agyn_secret_provider.p',
      changed: ['allow_browse', 'description'],
      unknown: [],
    })
  })

  it('knows where an organization keeps what is new', async () => {
    const admin = world.api.client()
    const { id } = await admin.call('CreateOrganization', { body: { name: 'elsewhere' } })
    const provider = await admin.call('CreateSecretProvider', {
      body: {
        organizationId: id,
        name: 'store',
        type: 'vault',
        config: { address: vault.address, token: rightToken },
      },
    })
    await admin.call('UpdateOrganization', {
      params: { id },
      body: { defaultStorage: 'managed', defaultProviderId: provider.id },
    })
    const terraform = world.terraform(world.api.adminToken).write(`
      resource "agyn_secret" "s" {
        organization_id = "${id}"
        name            = "goes-to-the-store"
        value           = "v"
      }`)
    expect((await terraform.planned())['agyn_secret.s']?.after).toMatchObject({
      storage: 'managed',
    })
    await terraform.applied()
    expect(terraform.state('agyn_secret.s')).toMatchObject({ storage: 'managed' })
  })

  it('knows that what it refers to is replaced', async () => {
    const terraform = world.terraform()
    const references = (type: string, config: string) => `
      resource "agyn_secret_provider" "replaced" {
        name          = "replaced"
        type          = "${type}"
        config        = ${config}
        force_destroy = true
      }
      resource "agyn_secret" "refers" {
        name        = "refers"
        provider_id = agyn_secret_provider.replaced.id
        remote_path = "secret/data/app"
      }`
    await terraform.applied(references('vault', '{ address = "https://v.test", token = "t" }'))
    terraform.write(
      references(
        'gcp-sm',
        '{ project_id = "my-project", service_account_json = jsonencode({ type = "service_account", client_email = "a@b.test", private_key = "k" }) }',
      ),
    )
    const planned = await terraform.planned()
    expect(planned['agyn_secret_provider.replaced']?.actions).toEqual(['delete', 'create'])
    expect(planned['agyn_secret.refers']).toMatchObject({
      actions: ['update'],
      unknown: { provider_id: true, reference: true },
    })
  })

  it('names the one of a thousand that is wrong', async () => {
    // A map: over a set of a thousand, Terraform itself takes a minute and a half.
    const terraform = world.terraform().write(`
      resource "agyn_secret" "many" {
        for_each = { for n in range(1000) : n == 500 ? "a/b" : "secret-\${n}" => "v" }
        name     = each.key
        value    = each.value
      }`)
    const { code, raw } = await terraform.plan()
    expect(code).toBe(1)
    expect(raw.match(/^Error: /gm)).toHaveLength(1)
    expect(raw).toContain('with agyn_secret.many["a/b"]')
  })

  it('says that there is no such organization', async () => {
    const terraform = world.terraform(world.api.adminToken).write(`
      resource "agyn_secret" "s" {
        organization_id = "0198c0de-0000-7000-8000-000000000000"
        name            = "nowhere"
        value           = "v"
      }`)
    const { code, output } = await terraform.plan()
    expect(code).toBe(1)
    expect(output).toContain('There is no organization 0198c0de-0000-7000-8000-000000000000.')
    expect(output).toMatch(/\d+: organization_id +=/)
  })
})
