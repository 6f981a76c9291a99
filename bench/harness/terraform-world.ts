import { BuiltApi } from './built-api.ts'
import { Skipped, type Workspace } from './figure.ts'
import { TerraformRun, terraformVersion } from './terraform-run.ts'

/** An API and an organization in it, for Terraform to keep secrets in. */
export interface TerraformWorld {
  readonly apiUrl: string
  /** Terraform on so many `agyn_secret` with a local value, by the provider of a mirror, else by ours. */
  secrets(count: number, options?: { readonly mirror?: string }): Promise<TerraformRun>
  /** Terraform on as many of what it keeps itself, without any provider's process. */
  data(count: number): Promise<TerraformRun>
}

/** Rejects with `Skipped` where there is no Terraform. */
export async function startTerraformWorld(workspace: Workspace): Promise<TerraformWorld> {
  if (terraformVersion() === undefined) throw new Skipped('terraform is not on PATH.')
  // A thousand secrets made, read three times and taken away again would meet the limit of a token.
  const api = workspace.owning(await BuiltApi.start({ rateLimit: 1_000_000 }), (it) => it.remove())
  const environment = { AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken }
  let organizations = 0
  return {
    apiUrl: api.url,
    async secrets(count, options = {}) {
      const name = `bench-${(organizations += 1)}`
      const { id } = await api.client().call('CreateOrganization', { body: { name } })
      const configuration = secrets(count, id)
      return await TerraformRun.start(workspace, { configuration, environment, ...options })
    },
    data: (count) => TerraformRun.start(workspace, { configuration: data(count) }),
  }
}

const secrets = (count: number, organizationId: string) => `
terraform {
  required_providers {
    agyn = { source = "agynio/agyn" }
  }
}
provider "agyn" {}
resource "agyn_secret" "bench" {
  count           = ${count}
  organization_id = "${organizationId}"
  name            = "bench-\${count.index}"
  value           = "not-a-real-value-\${count.index}"
}
`

const data = (count: number) => `
resource "terraform_data" "bench" {
  count = ${count}
  input = "not-a-real-value-\${count.index}"
}
`
