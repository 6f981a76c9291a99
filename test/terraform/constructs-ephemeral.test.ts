import type { TerraformStack } from 'cdktn'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'
import { installed, type Installed } from '../support/constructs.ts'
import { begin } from '../support/stacks.ts'
import { Terraform } from '../support/terraform.ts'

let api: ApiProcess
let acme: ApiOrganization
const opened: Terraform[] = []
beforeAll(async () => {
  api = await ApiProcess.start()
  acme = await api.organization('acme')
})
afterAll(async () => {
  for (const terraform of opened) terraform.remove()
  await api.remove()
})

const cdktn = installed.find(({ framework }) => framework === 'cdktn') as Installed
const { cdk, agyn } = cdktn

/** Applies a stack with the provider as it is installed, so that each of its aliases is a process. */
async function applied(
  declare: (stack: TerraformStack) => void,
  settings: NodeJS.ProcessEnv = {},
): Promise<Terraform> {
  const { stack } = begin(cdktn)
  declare(stack)
  const environment = { AGYN_API_URL: api.url, AGYN_API_TOKEN: acme.owner, ...settings }
  const terraform = new Terraform(environment)
  opened.push(terraform)
  terraform.write(cdk.Testing.synth(stack, true), 'stack.tf.json')
  expect(await terraform.init()).toMatchObject({ code: 0 })
  await terraform.applied()
  return terraform
}

describe('an ephemeral resource of CDK Terrain', () => {
  it('is a token that ends with the run', async () => {
    const terraform = await applied((stack) => {
      const run = new agyn.EphemeralApiToken(stack, 'run-of-ci', { role: 'member' })
      const terraformProvider = new agyn.AgynProvider(stack, 'as-member', {
        alias: 'member',
        apiToken: run.token,
      })
      const found = agyn.Organization.fromName(stack, 'acme', 'acme', { terraformProvider })
      new cdk.TerraformOutput(stack, 'id', { value: found.organizationId })
    })
    expect((await terraform.run('output', 'id')).output).toContain(acme.id)
    expect(api.output).toContain('"operation":"RevokeApiToken"')
    const query = { name: 'run-of-ci' }
    const { items } = await api.client(acme.owner).call('ListApiTokens', { query })
    expect(items).toEqual([])
  })

  it('is what a workload is given, for a write-only argument', async () => {
    const owner = api.client(acme.owner)
    const { id: secretId } = await owner.call('CreateSecret', { body: { name: 'a', value: 'k3y' } })
    const consumer = { kind: 'agent', id: 'source' } as const
    await owner.call('CreateEnv', { body: { consumer, name: 'KEY', secretId } })
    const terraform = await applied(
      (stack) => {
        const terraformProvider = new agyn.AgynProvider(stack, 'runtime', {
          alias: 'runtime',
          apiToken: new cdk.TerraformVariable(stack, 'runtime_token', {}).stringValue,
        })
        const agent = agyn.Agent.named('source')
        const source = new agyn.WorkloadEnv(stack, 'source', { consumer: agent, terraformProvider })
        const copy = agyn.Secret.local(stack, 'copy', { value: source.value('KEY') })
        agyn.Agent.named('copier').addEnv('KEY', copy)
      },
      { TF_VAR_runtime_token: acme.orchestrator },
    )
    expect(await api.envOf(acme.orchestrator, 'agent', 'copier')).toEqual({ KEY: 'k3y' })
    expect(terraform.leftBehind()).not.toContain('k3y')
  })
})
