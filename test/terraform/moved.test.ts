import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
let owner: ReturnType<World['api']['client']>
beforeAll(async () => {
  world = await World.start()
  owner = world.api.client(world.acme.owner)
})
afterAll(() => world.close())

/** A state file as another program left it. */
const stateFile = (
  type: string,
  attributes: object,
  provider = 'registry.terraform.io/agynio/agyn',
): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: randomUUID(),
    outputs: {},
    resources: [
      {
        mode: 'managed',
        type,
        name: 'old',
        provider: `provider["${provider}"]`,
        instances: [{ schema_version: 0, attributes }],
      },
    ],
  })

const provider = async (name: string) =>
  await owner.call('CreateSecretProvider', {
    body: { name, type: 'vault', config: { address: 'https://v.test', token: 't' } },
  })

describe('state of the older provider', () => {
  it('is read under today’s names, and nothing is to be done', async () => {
    const { id: providerId } = await provider('older')
    const body = { name: 'older', providerId, remotePath: 'kv/data/a', remoteKey: 'k' }
    const { id } = await owner.call('CreateSecret', { body })
    const terraform = world.terraform()
    const older = {
      id,
      organization_id: world.acme.id,
      title: 'older',
      secret_provider_id: providerId,
      remote_name: 'kv/data/a',
    }
    terraform.write(stateFile('agyn_secret', older), 'terraform.tfstate')
    const { output } = await terraform.applied(`
      moved {
        from = agyn_secret.old
        to   = agyn_secret.new
      }
      resource "agyn_secret" "new" {
        name        = "older"
        provider_id = "${providerId}"
        remote_path = "kv/data/a"
        remote_key  = "k"
      }`)
    expect(output).toContain('0 added, 0 changed, 0 destroyed')
    expect(terraform.state('agyn_secret.new')).toMatchObject({
      id,
      reference: 'older://kv/data/a#k',
    })
  })

  it('of a secret provider is read too, its credentials kept', async () => {
    const { id } = await provider('older provider')
    const terraform = world.terraform()
    const older = { id, organization_id: world.acme.id, title: 'older provider', type: 'vault' }
    terraform.write(stateFile('agyn_secret_provider', older), 'terraform.tfstate')
    const { output } = await terraform.applied(`
      resource "agyn_secret_provider" "old" {
        name   = "older provider"
        type   = "vault"
        config = { address = "https://v.test" }
      }`)
    expect(output).toContain('0 added, 0 changed, 0 destroyed')
    expect(terraform.state('agyn_secret_provider.old')).toMatchObject({ id })
  })
})

describe('a secret', () => {
  it('keeps its id and its value under another address', async () => {
    const terraform = world.terraform()
    await terraform.applied('resource "agyn_secret" "one" {\n name = "moved"\n value = "v"\n}')
    const { id } = terraform.state('agyn_secret.one') ?? {}
    await terraform.applied(`
      moved {
        from = agyn_secret.one
        to   = agyn_secret.two
      }
      resource "agyn_secret" "two" {
        name  = "renamed"
        value = "v"
      }`)
    expect(terraform.state('agyn_secret.two')).toMatchObject({ id, name: 'renamed', version: '1' })
  })

  it('of a newer version of the provider is refused', async () => {
    const terraform = world.terraform()
    const newer = stateFile('agyn_secret', { id: randomUUID(), name: 'a' })
    terraform.write(newer.replace('"schema_version":0', '"schema_version":7'), 'terraform.tfstate')
    const { code, output } = await terraform
      .write('resource "agyn_secret" "old" {\n name = "a"\n value = "v"\n}')
      .plan()
    expect(code).toBe(1)
    expect(output).toMatch(/written by a newer version|newer provider version/)
  })
})
