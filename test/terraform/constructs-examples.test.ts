import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../../cdktf-provider/provider/gen/version.ts'
import { frameworks } from '../../scripts/constructs-packages.ts'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'
import { canaries, startCompanyStores, type CompanyStores } from '../support/company-stores.ts'
import { StackProject } from '../support/stack-project.ts'
import { textsBelow } from '../support/stacks.ts'
import { Terraform } from '../support/terraform.ts'

const root = join(import.meta.dirname, '../..')

let api: ApiProcess
let stores: CompanyStores
beforeAll(async () => {
  api = await ApiProcess.start()
  stores = await startCompanyStores()
})
afterAll(async () => {
  await api.remove()
  await stores.close()
})

describe.each(frameworks)('the company in %s', (framework) => {
  let terraform: Terraform
  let project: StackProject
  let organization: ApiOrganization
  beforeAll(async () => {
    organization = await api.organization(framework)
    terraform = new Terraform({
      AGYN_API_URL: api.url,
      AGYN_API_TOKEN: organization.owner,
      ...stores.variables,
    })
    project = StackProject.ofExample(terraform.directory, framework)
  })
  afterAll(() => terraform.remove())

  it('typechecks', async () => {
    expect(await project.run('npm run typecheck')).not.toContain('error')
  })

  it('passes its own test', async () => {
    expect(await project.run('npm test')).toContain('4 passed')
  })

  it('gives each consumer its own, tells what would not start, and is taken away again', async () => {
    stores.putGithub('{"token":"ghp_company"}')
    await project.run('npm run synth')
    terraform.within('cdktf.out/stacks/company')
    expect(await terraform.init()).toMatchObject({ code: 0 })
    const applied = await terraform.applied()

    const envOf = api.envOf.bind(api, organization.orchestrator)
    expect(await envOf('agent', 'refunds')).toEqual({
      DATABASE_URL: 'postgres://refunds:p@ss@db/payments',
      REGION: 'eu-west-1',
      SIGNING_KEY: canaries.signingKey,
    })
    expect(await envOf('agent', 'triage')).toEqual({ GITHUB_TOKEN: 'ghp_support' })
    expect(await envOf('mcp_server', 'stripe')).toEqual({ STRIPE_API_KEY: 'sk_live' })
    const { token = '' } = await api.client().call('CreateApiToken', {
      body: { organizationId: organization.id, name: 'proxy', role: 'llm_proxy' },
    })
    for (const runtime of [organization.orchestrator, token]) {
      expect(await api.envOf(runtime, 'llm_provider', 'anthropic')).toEqual({
        ANTHROPIC_API_KEY: canaries.anthropicApiKey,
      })
    }

    stores.putGithub('{"tokn":"misspelt"}')
    const { code, output } = await terraform.plan()
    expect(code).toBe(1)
    expect(output).toContain(
      'GITHUB_PERSONAL_ACCESS_TOKEN of mcp_server "github" would not resolve',
    )
    expect(output).toContain('available keys: tokn')
    expect(await terraform.plan('-var=preflight=false')).toMatchObject({ code: 0 })

    const written = textsBelow(terraform.directory) + applied.raw
    for (const shown of ['var.signing_key', '"value_fingerprint"']) expect(written).toContain(shown)
    for (const canary of Object.values(canaries)) expect(written).not.toContain(canary)

    expect(await terraform.destroy('-var=preflight=false')).toMatchObject({ code: 0 })
    const { items } = await api.client(organization.owner).call('ListSecrets', {})
    expect(items).toEqual([])
  })
})

it.each(frameworks)('the example of %s asks for this version of the package', (framework) => {
  const manifest = readFileSync(join(root, 'examples', framework, 'package.json'), 'utf8')
  expect(manifest).toContain(`"@agyn/${framework}-provider": "^${VERSION}"`)
})
