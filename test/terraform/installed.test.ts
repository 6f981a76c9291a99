import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rightToken, startVault, type FakeVault } from '../api/backends/vault/fake-vault.ts'
import { startServer } from '../api/backends/fake-server.ts'
import { makeAuthority, makeCertificate } from '../api/backends/outbound/make-certificate.ts'
import { ApiProcess } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'
import { required } from './world.ts'

let api: ApiProcess
let vault: FakeVault
const opened: Terraform[] = []
beforeAll(async () => {
  api = await ApiProcess.start()
  vault = await startVault({ mounts: { kv: 2 } })
  vault.put('kv/data/prod/stripe-api-key', '{"value":"sk_remote_canary"}')
})
afterAll(async () => {
  for (const terraform of opened) terraform.remove()
  await api.remove()
  await vault.close()
})

/** As a user has it: installed by `terraform init`, configured by the environment, its own processes. */
async function installed(configuration: string): Promise<Terraform> {
  const terraform = new Terraform({ AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken })
  opened.push(terraform)
  terraform.write(configuration)
  const { code, raw } = await terraform.init()
  if (code !== 0) throw new Error(raw)
  return terraform
}

const organization = (name: string) => `${required}
resource "agyn_organization" "acme" {
  name = "${name}"
}
variable "vault_token" {
  sensitive = true
}
variable "stripe_api_key" {
  sensitive = true
}
`
const variables = (token: string, value: string) => ({
  TF_VAR_vault_token: token,
  TF_VAR_stripe_api_key: value,
})

const printedProvider = `
resource "agyn_secret_provider" "vault_prod" {
  organization_id = agyn_organization.acme.id

  name = "vault-prod"
  type = "vault"

  config = {
    address = "https://vault.internal.acme.example:8200"
    token   = var.vault_token
  }
}
`

const printedLocalSecret = `
resource "agyn_secret" "stripe_api_key" {
  organization_id = agyn_organization.acme.id

  name  = "stripe-api-key"
  value = var.stripe_api_key
}
`

const printedRemoteSecret = `
resource "agyn_secret" "stripe_api_key" {
  organization_id = agyn_organization.acme.id

  name        = "stripe-api-key"
  provider_id = agyn_secret_provider.vault_prod.id
  remote_path = "kv/data/prod/stripe-api-key"
  remote_key  = "value"
}
`

describe('the documented configuration', () => {
  it('applies as it is printed, rotates, and is taken away again', async () => {
    const name = 'printed'
    const terraform = await installed(organization(name) + printedProvider + printedLocalSecret)
    terraform.set(variables('hvs.first', 'sk_first'))
    const first = await terraform.applied()
    expect(first.output).toContain('3 added, 0 changed, 0 destroyed')
    expect(readFileSync(terraform.path('.terraform.lock.hcl'), 'utf8')).toContain('h1:')

    terraform.set(variables('hvs.second', 'sk_second'))
    const rotated = await terraform.applied()
    expect(rotated.output).toContain('0 added, 2 changed, 0 destroyed')
    for (const { raw } of [first, rotated]) {
      // Leaves are hidden one by one, so that an address stays readable.
      expect(raw).toMatch(/token += \(sensitive value\)/)
      expect(raw).toMatch(/value += \(sensitive value\)/)
      expect(raw).not.toMatch(/hvs\.|sk_/)
    }
    expect(first.raw).toContain('"https://vault.internal.acme.example:8200"')

    // From local to remote: the place is read once before it is trusted, so it has to be there.
    const remote = organization(name) + printedProvider + printedRemoteSecret
    terraform.write(remote.replace('https://vault.internal.acme.example:8200', vault.address))
    terraform.set({ TF_VAR_vault_token: rightToken })
    expect((await terraform.applied()).output).toContain('0 added, 2 changed, 0 destroyed')
    expect(await terraform.destroy()).toMatchObject({ code: 0 })
    expect(terraform.states('agyn_secret')).toEqual([])
  })

  it('applies the remote secret as it is printed, without asking Vault anything', async () => {
    const asked = vault.requests.length
    const terraform = await installed(
      organization('remote') + printedProvider + printedRemoteSecret,
    )
    await terraform.set(variables(rightToken, '')).applied()
    expect(terraform.state('agyn_secret.stripe_api_key')).toMatchObject({
      storage: 'remote',
      remote_path: 'kv/data/prod/stripe-api-key',
      value: null,
    })
    expect(vault.requests).toHaveLength(asked)
  })
})

describe('an API behind TLS', () => {
  it('is trusted by the authority that NODE_EXTRA_CA_CERTS names, and by no other', async () => {
    const authority = makeAuthority('acme')
    const certificate = makeCertificate({ host: '127.0.0.1', signedBy: authority })
    const proxy = await startServer((request, response) => {
      const { method, headers } = request
      const onwards = httpRequest(`${api.url}${request.url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      request.pipe(onwards)
    }, certificate)
    const terraform = await installed(`${required}
      resource "agyn_organization" "a" {
        name = "behind-tls"
      }`)
    terraform.set({ AGYN_API_URL: proxy.address })
    const { code, output } = await terraform.plan()
    expect(code).toBe(1)
    expect(output).toContain('Its certificate is not trusted')
    terraform.write(authority.cert, 'authority.pem')
    await terraform.set({ NODE_EXTRA_CA_CERTS: terraform.path('authority.pem') }).applied()
    await proxy.close()
  })
})

describe('what is secret', () => {
  it('stands in state as `value` and `token` alone, and in no log of either side', async () => {
    const [token, value] = [`hvs.${randomUUID()}`, `sk_${randomUUID()}`]
    const terraform = await installed(organization('quiet') + printedProvider + printedLocalSecret)
    terraform.set({ ...variables(token, value), TF_LOG: 'TRACE' })
    const applied = await terraform.apply()
    const planned = await terraform.plan()
    const destroyedOnly = await terraform.plan('-destroy')
    for (const { raw } of [applied, planned, destroyedOnly]) {
      expect(raw).toContain('[TRACE]')
      for (const canary of [token, value, api.adminToken]) expect(raw).not.toContain(canary)
    }
    expect(applied.code).toBe(0)
    for (const canary of [token, value]) {
      expect(api.output).not.toContain(canary)
      const state = readFileSync(terraform.path('terraform.tfstate'), 'utf8')
      expect(state.split(canary)).toHaveLength(2)
    }
    expect(terraform.state('agyn_secret.stripe_api_key')).toMatchObject({ value })
    expect(terraform.state('agyn_secret_provider.vault_prod')).toMatchObject({ config: { token } })
    expect(api.output).toContain('CreateSecret')
  })
})
