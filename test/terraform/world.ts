import { debug, type DebugSession } from '../../cdktf-provider/plugin/index.ts'
import { agyn } from '../../cdktf-provider/provider/provider.ts'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'

/** Every configuration of these tests begins so. */
export const required = `
terraform {
  required_providers {
    agyn = {
      source = "agynio/agyn"
    }
  }
}
`

const provider = `${required}
variable "api_url" {}
variable "api_token" {
  sensitive = true
}
provider "agyn" {
  api_url   = var.api_url
  api_token = var.api_token
}
`

/**
 * The built API, and the provider in this process: Terraform attaches to it, which takes a quarter of
 * the time. `installed.test.ts` holds that the provider is the same when Terraform installs it.
 */
export class World {
  readonly api: ApiProcess
  readonly acme: ApiOrganization
  readonly #session: DebugSession
  readonly #opened: Terraform[] = []

  private constructor(api: ApiProcess, acme: ApiOrganization, session: DebugSession) {
    this.api = api
    this.acme = acme
    this.#session = session
  }

  static async start(settings: NodeJS.ProcessEnv = {}): Promise<World> {
    const api = await ApiProcess.start(settings)
    try {
      return new World(api, await api.organization('acme'), await attach())
    } catch (error) {
      await api.remove()
      throw error
    }
  }

  /** An empty directory whose provider has the token of acme's owner, unless another is given. */
  terraform(token = this.acme.owner): Terraform {
    const terraform = new Terraform({
      ...this.#session.environment,
      TF_VAR_api_url: this.api.url,
      TF_VAR_api_token: token,
    }).write(provider, 'provider.tf')
    this.#opened.push(terraform)
    return terraform
  }

  /** What an orchestrator gets for a secret. */
  resolve(secretId: unknown) {
    const body = { secretId: String(secretId) }
    return this.api.client(this.acme.orchestrator).call('ResolveSecret', { body })
  }

  async close(): Promise<void> {
    this.#session.close()
    for (const terraform of this.#opened) terraform.remove()
    await this.api.remove()
  }
}

/**
 * Serves the provider from this process; set the environment for a `terraform` that shall use it. The
 * address names no registry, because Terraform and OpenTofu each take it to mean their own.
 */
export const attach = (): Promise<DebugSession> => debug(agyn, { address: 'agynio/agyn' })
