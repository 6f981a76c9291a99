import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../api/backends/fake-server.ts'
import { required, World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const secret = (name: string, more = '') =>
  `resource "agyn_secret" "a" {\n name = "${name}"\n value = "x"\n ${more}\n}`

const block = (settings: string) =>
  `${required}\nvariable "api_url" {}\nvariable "api_token" {}\nprovider "agyn" {\n${settings}\n}`

async function refused(settings: string): Promise<string> {
  const terraform = world.terraform().write(block(settings), 'provider.tf').write(secret('never'))
  const { code, output, raw } = await terraform.plan()
  expect(code).toBe(1)
  expect(raw.match(/^Error: /gm)).toHaveLength(1)
  return output
}

describe('the provider block', () => {
  it('says that it has no address, no token, or a bad one', async () => {
    expect(await refused('api_token = var.api_token')).toContain('AGYN_API_URL')
    expect(await refused('api_url = var.api_url')).toContain('AGYN_API_TOKEN')
    const url = (text: string) => refused(`api_url = "${text}"\n api_token = var.api_token`)
    expect(await url('secrets.example.com')).toContain('The address of the API is not valid.')
    expect(await url('http://127.0.0.1/api')).toContain('without a path')
    expect(await url('https://127.0.0.1?a=b')).toContain('without a path')
  })

  it('says that the token is not accepted', async () => {
    const token = (text: string) => refused(`api_url = var.api_url\n api_token = ${text}`)
    expect(await token('"agyn_wrong"')).toContain('The API does not accept the token.')
    expect(await token('"${var.api_token}\\n"')).toContain('a space or a line break')
    const id = await refused(
      'api_url = var.api_url\n api_token = var.api_token\n organization_id = "acme"',
    )
    expect(id).toContain('An organization is named by its id, a UUID')
  })

  it('says that nobody answers, or somebody else', async () => {
    const url = (text: string) => refused(`api_url = "${text}"\n api_token = var.api_token`)
    const free = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    expect(await url(`http://127.0.0.1:${port}`)).toContain('cannot be reached. ')

    const other = await startServer((request, response) => {
      response.writeHead(request.url === '/api/whoami' ? 200 : 500).end('<html>')
    })
    expect(await url(other.address)).toContain('is not the agyn-secrets API')
    await other.close()
    const moved = await startServer((_, response) => {
      response.writeHead(308, { location: 'https://elsewhere.example/' }).end()
    })
    expect(await url(moved.address)).toContain('redirects to https://elsewhere.example')
    await moved.close()
  })
})

describe('an organization that no resource names', () => {
  it("is the token's own", async () => {
    const terraform = world.terraform()
    await terraform.applied(secret('own'))
    expect(terraform.state('agyn_secret.a')).toMatchObject({ organization_id: world.acme.id })
  })

  it('is the only one, for an admin, and stays that when a second one comes', async () => {
    const terraform = world.terraform(world.api.adminToken)
    await terraform.applied(secret('only'))
    expect(terraform.state('agyn_secret.a')).toMatchObject({ organization_id: world.acme.id })
    await world.api.organization('second')
    expect(await terraform.plan()).toMatchObject({ code: 0 })
    const { output } = await terraform.write(secret('only').replace('"a"', '"b"')).apply()
    expect(output).toContain('organization')
  })

  it("is the provider's, which stands in the plan and moves what names none", async () => {
    const other = await world.api.organization('other')
    const terraform = world.terraform(world.api.adminToken)
    const of = (id: string) =>
      terraform.write(
        block(`api_url = var.api_url\n api_token = var.api_token\n organization_id = "${id}"`),
        'provider.tf',
      )
    of(world.acme.id).write(secret('placed'))
    const planned = await terraform.planned()
    expect(planned['agyn_secret.a']?.after).toMatchObject({ organization_id: world.acme.id })
    await terraform.applied()
    of(other.id)
    expect(await terraform.planned()).toMatchObject({
      'agyn_secret.a': { actions: ['delete', 'create'] },
    })
    await terraform.applied()
    expect(terraform.state('agyn_secret.a')).toMatchObject({ organization_id: other.id })
  })
})

describe('a token of another organization', () => {
  it('destroys nothing on the way to an organization where it can make nothing', async () => {
    const globex = await world.api.organization('elsewhere')
    const terraform = world.terraform()
    await terraform.applied(secret('stays'))
    const named = secret('stays').replace('{', `{\n organization_id = "${globex.id}"\n`)
    terraform.write(named)
    const run = await terraform.apply()
    expect(run.code).toBe(1)
    expect(run.output).toContain('The token belongs to another organization.')
    terraform.write(secret('stays'))
    expect(await terraform.plan()).toMatchObject({ code: 0 })
  })

  it('is an error, and nothing drops out of the state or is made twice', async () => {
    const globex = await world.api.organization('globex')
    const terraform = world.terraform()
    const configuration = `
      ${secret('guarded')}
      resource "agyn_secret" "listed" {
        count = 4
        name  = "listed \${count.index}"
        value = "x"
      }
      resource "agyn_scope" "s" {
        kind = "team"
        name = "guarded"
      }
      resource "agyn_secret_provider" "p" {
        name   = "guarded"
        type   = "vault"
        config = { address = "https://vault.example:8200", token = "t" }
      }
      resource "agyn_env" "e" {
        consumer  = { kind = "agent", id = "guarded" }
        name      = "A"
        value     = "plain"
      }`
    await terraform.applied(configuration)
    terraform.set({ TF_VAR_api_token: globex.owner })
    for (const run of [
      await terraform.plan(),
      await terraform.apply(),
      await terraform.destroy(),
    ]) {
      expect(run.code).toBe(1)
      expect(run.output).toContain('The token belongs to another organization than the secret')
      expect(run.output).toContain('Nothing was removed from the state.')
      for (const noun of ['scope', 'secret provider', 'env']) {
        expect(run.output).toContain(`another organization than the ${noun} "`)
      }
    }
    const blind = await terraform.destroy('-refresh=false')
    expect(blind.code).toBe(1)
    expect(terraform.states('agyn_secret')).toHaveLength(5)
    expect(terraform.states('agyn_scope')).toHaveLength(1)
    terraform.set({ TF_VAR_api_token: world.acme.owner })
    expect(await terraform.plan()).toMatchObject({ code: 0 })
  })
})
