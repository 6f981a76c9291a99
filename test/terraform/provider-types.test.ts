import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const resource = (name: string, type: string, config: string, more = '') => `
  resource "agyn_secret_provider" "${name}" {
    name   = "${name}"
    type   = "${type}"
    config = {
      ${config}
    }
    ${more}
  }`

/** One of each type, with credentials of its own. */
const own = (more = '') =>
  [
    resource('vault', 'vault', 'address = "https://v.test"\n token = "canary-token"', more),
    resource(
      'aws',
      'aws-sm',
      'region = "eu-west-1"\n access_key_id = "AKIAIOSFODNN7EXAMPLE"\n secret_access_key = "canary-key"',
      more,
    ),
    resource(
      'azure',
      'azure-kv',
      'vault_url = "https://v.vault.azure.net"\n tenant_id = "t.test"\n client_id = "0198c0de-0000-7000-8000-000000000000"\n client_secret = "canary-secret"',
      more,
    ),
    resource(
      'gcp',
      'gcp-sm',
      'project_id = "p"\n service_account_json = jsonencode({ type = "service_account", client_email = "a@b.test", private_key = "canary-file" })',
      more,
    ),
  ].join('\n')

const names = ['vault', 'aws', 'azure', 'gcp']

describe('providers of every type', () => {
  it('are made, changed in place and imported, and no plan shows a credential', async () => {
    const terraform = world.terraform()
    await terraform.applied(own())
    terraform.write(own('allow_browse = true'))
    const planned = await terraform.planned()
    for (const name of names) {
      expect(planned[`agyn_secret_provider.${name}`]?.actions, name).toEqual(['update'])
    }
    const { output } = await terraform.plan()
    expect(output).not.toContain('canary')
    await terraform.applied(own('allow_browse = true'))

    const other = world.terraform().write(own('allow_browse = true'))
    await other.init()
    for (const name of names) {
      const imported = await other.run('import', `agyn_secret_provider.${name}`, `acme/${name}`)
      expect(imported.code, imported.output).toBe(0)
      expect(other.state(`agyn_secret_provider.${name}`)).toMatchObject({ allow_browse: true })
    }
    // What cannot be read back, the first apply sets again, and nothing else.
    for (const name of names) {
      expect((await other.planned())[`agyn_secret_provider.${name}`]?.actions).toEqual(['update'])
    }
  })

  it("that use the deployment's own identity take the token of an admin", async () => {
    const borrowing = resource('borrows', 'aws-sm', 'region = "eu-west-1"')
    const owner = world.terraform().write(borrowing)
    const { output } = await owner.apply()
    expect(output).toMatch(/only an admin may make, try or re-point it/)

    await world.terraform(world.api.adminToken).applied(borrowing)
  })
})
