import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { makeAuthority } from '../api/backends/outbound/make-certificate.ts'
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

describe('a value', () => {
  it('reaches a workload byte for byte', async () => {
    const texts: Readonly<Record<string, string>> = {
      pem: makeAuthority('acme').key,
      unicode: 'grüße, 日本語, 👩‍👩‍👧, \u0001 and a tab\t',
      spaces: '  both ends \n',
      template: '${not_a_template} %{nor_this} "quoted" \\n',
      longest: 'é'.repeat(32 * 1024),
      crlf: 'one\r\ntwo\r\n',
    }
    const bytes: Readonly<Record<string, Buffer>> = {
      binary: randomBytes(1000),
      longest_binary: randomBytes(64 * 1024),
      // Terraform composes letters and accents of every text, so these bytes pass as base64 alone.
      decomposed: Buffer.from('e\u0301'),
      utf16: Buffer.from('\ufeffx', 'utf16le'),
      text: Buffer.from('plain'),
    }
    const terraform = world.terraform()
    terraform.write(
      `variable "texts" {
        type = map(string)
      }
      variable "bytes" {
        type = map(string)
      }
      resource "agyn_secret" "text" {
        for_each = var.texts
        name     = each.key
        value    = each.value
      }
      resource "agyn_secret" "bytes" {
        for_each     = var.bytes
        name         = "base64 of \${each.key}"
        value_base64 = each.value
      }`,
    )
    const encoded = Object.entries(bytes).map(([name, value]) => [name, value.toString('base64')])
    const variables = { texts, bytes: Object.fromEntries(encoded) as object }
    terraform.write(JSON.stringify(variables), 'terraform.tfvars.json')
    await terraform.applied()

    const idOf = new Map(terraform.states('agyn_secret').map(({ name, id }) => [name, id]))
    for (const [name, text] of Object.entries(texts)) {
      expect(await world.resolve(idOf.get(name))).toMatchObject({ value: text, encoding: 'utf8' })
    }
    for (const [name, value] of Object.entries(bytes)) {
      const { value: found, encoding } = await world.resolve(idOf.get(`base64 of ${name}`))
      expect(Buffer.from(found, encoding)).toEqual(value)
    }
  })
})

describe('storage', () => {
  it('changes from local to remote and back in place, with its envs and history', async () => {
    const terraform = world.terraform()
    const secret = (body: string) =>
      terraform.write(`
        resource "agyn_secret_provider" "vault" {
          name   = "vault"
          type   = "vault"
          config = { address = "${vault.address}", token = "${rightToken}" }
        }
        resource "agyn_secret" "s" {
          name = "moves"
          ${body}
        }
        resource "agyn_env" "e" {
          consumer  = { kind = "agent", id = "moves" }
          name      = "MOVES"
          secret_id = agyn_secret.s.id
        }`)
    const remote = `provider_id = agyn_secret_provider.vault.id
          remote_path = "secret/data/app"
          remote_key  = "password"`
    await secret('value = "kept here"').applied()
    const { id } = terraform.state('agyn_secret.s') ?? {}
    const steps: [body: string, value: string, state: object][] = [
      [remote, 'from vault', { storage: 'remote', version: null, value_fingerprint: null }],
      ['value = "kept again"', 'kept again', { storage: 'local', version: '2', remote_path: null }],
      [`storage = "remote"\n${remote}`, 'from vault', { storage: 'remote', value: null }],
      [
        'storage = "local"\n value_base64 = "AP8="',
        'AP8=',
        { storage: 'local', provider_id: null, remote_key: null },
      ],
    ]
    for (const [body, value, state] of steps) {
      const planned = await secret(body).planned()
      expect(Object.keys(planned)).toEqual(['agyn_secret.s'])
      expect(planned['agyn_secret.s']).toMatchObject({ actions: ['update'] })
      await terraform.applied()
      expect(terraform.state('agyn_secret.s')).toMatchObject({ id, ...state })
      expect(await world.resolve(id)).toMatchObject({ value })
    }
  })

  it('takes the value along from the provider when only `local` is said', async () => {
    const terraform = world.terraform()
    const secret = (body: string) =>
      terraform.write(`
        resource "agyn_secret_provider" "vault" {
          name   = "vault to leave"
          type   = "vault"
          config = { address = "${vault.address}", token = "${rightToken}" }
        }
        resource "agyn_secret" "s" {
          name = "taken along"
          ${body}
        }`)
    const { code, output } = await secret('storage = "local"').plan()
    expect(code).toBe(1)
    expect(output).toContain('Give `value` or `value_wo`: there is none to keep')
    await secret(`provider_id = agyn_secret_provider.vault.id
          remote_path = "secret/data/app"
          remote_key  = "password"`).applied()
    await secret('storage = "local"').applied()
    const state = terraform.state('agyn_secret.s')
    expect(state).toMatchObject({ storage: 'local', value: null, provider_id: null, version: '1' })
    expect(await world.resolve(state?.['id'])).toMatchObject({ value: 'from vault' })
  })

  it('stays as it was when the new place cannot be read', async () => {
    const terraform = world.terraform()
    const secret = (body: string) =>
      terraform.write(`
        resource "agyn_secret_provider" "vault" {
          name   = "vault without the path"
          type   = "vault"
          config = { address = "${vault.address}", token = "${rightToken}" }
        }
        resource "agyn_secret" "s" {
          name = "stays"
          ${body}
        }`)
    await secret('value = "kept here"').applied()
    secret('provider_id = agyn_secret_provider.vault.id\n remote_path = "secret/data/missing"')
    const { code, output } = await terraform.apply()
    expect(code).toBe(1)
    expect(output).toContain('secret/data/missing')
    const state = terraform.state('agyn_secret.s')
    expect(state).toMatchObject({ storage: 'local', value: 'kept here', version: '1' })
    expect(await world.resolve(state?.['id'])).toMatchObject({ value: 'kept here' })
    await secret('value = "kept here"').applied()
  })
})
