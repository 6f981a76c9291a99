import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../contract/client.ts'
import type { Answer } from '../../contract/schemas/index.ts'
import type { Terraform } from '../support/terraform.ts'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

/** How often each operation was called meanwhile, by the API's own log. */
async function calls(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const from = await lengthOfLog()
  await work()
  const log = world.api.output.slice(from, await lengthOfLog())
  const counted: Record<string, number> = {}
  for (const [, operation = ''] of log.matchAll(/"operation":"(\w+)"/g)) {
    if (operation !== mark) counted[operation] = (counted[operation] ?? 0) + 1
  }
  return counted
}

/** The log of all that was asked until now: lines come late, so one is written last and waited for. */
async function lengthOfLog(): Promise<number> {
  const from = world.api.output.length
  await world.api.client().call(mark, {})
  await expect.poll(() => world.api.output.slice(from)).toContain(`"${mark}"`)
  return world.api.output.length
}
const mark = 'ListSecretProviderTypes'

const sum = (counted: Record<string, number>): number =>
  Object.values(counted).reduce((total, count) => total + count, 0)

/**
 * A thousand secrets in the API, made by import, and in the state, made of one that was applied. To apply
 * them all would take Terraform a minute, which writes its state file for each.
 */
async function thousand(terraform: Terraform): Promise<string[]> {
  const configuration = (count: number) => `resource "agyn_secret" "many" {
    count = ${count}
    name  = "many \${count.index}"
    value = "value \${count.index}"
  }`
  await terraform.applied(configuration(1))
  const owner = world.api.client(world.acme.owner)
  const items = Array.from({ length: 999 }, (_, index) => ({
    name: `many ${index + 1}`,
    value: `value ${index + 1}`,
  }))
  for (const half of [items.slice(0, 500), items.slice(500)]) {
    await owner.call('ImportSecrets', { body: { items: half } })
  }
  const secrets = await allSecrets(owner)
  const path = terraform.path('terraform.tfstate')
  const state = JSON.parse(readFileSync(path, 'utf8')) as State
  const [resource] = state.resources
  const [model] = resource?.instances ?? []
  if (!resource || !model) throw new Error('nothing was applied')
  resource.instances = secrets.map(({ id, name, fingerprint, version }) => {
    const index = Number(name.slice('many '.length))
    const own = { id, name, value: `value ${index}`, value_fingerprint: fingerprint, version }
    return { ...model, index_key: index, attributes: { ...model.attributes, ...own } }
  })
  writeFileSync(path, JSON.stringify(state))
  terraform.write(configuration(1000))
  return secrets.map(({ id }) => id)
}

interface State {
  readonly resources: { instances: { readonly attributes: object }[] }[]
}

async function allSecrets(owner: Client) {
  const found: Answer<'GetSecret'>[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const page = await owner.call('ListSecrets', { query })
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}

describe('a refresh of a thousand secrets', () => {
  it('costs at most twelve requests, ten or fifty at a time, and still sees every change', async () => {
    const terraform = world.terraform()
    const ids = await thousand(terraform)
    for (const parallelism of [10, 50]) {
      const counted = await calls(async () => {
        const run = await terraform.plan(`-parallelism=${parallelism}`)
        expect(run.output).toContain('No changes.')
      })
      expect(counted).toHaveProperty('ListSecrets')
      expect(sum(counted)).toBeLessThanOrEqual(12)
    }

    const owner = world.api.client(world.acme.owner)
    const [gone = '', changed = ''] = [ids[500], ids[900]]
    await owner.call('DeleteSecret', { params: { id: gone } })
    await owner.call('UpdateSecret', { params: { id: changed }, body: { description: 'changed' } })
    const planned = Object.values(await terraform.planned())
    expect(planned.map(({ actions }) => actions.join()).sort()).toEqual(['create', 'update'])
  })
})

describe('a refresh of several kinds', () => {
  it('costs pages of each', async () => {
    const terraform = world.terraform()
    terraform.write(`
      resource "agyn_secret_provider" "many" {
        count  = 20
        name   = "many \${count.index}"
        type   = "vault"
        config = { address = "https://vault.example:8200", token = "t" }
      }
      resource "agyn_scope" "many" {
        count = 20
        kind  = "team"
        name  = "many \${count.index}"
      }
      resource "agyn_env" "many" {
        count    = 210
        consumer = { kind = "agent", id = "many" }
        name     = "A\${count.index}"
        value    = "plain"
      }`)
    expect(await terraform.apply('-parallelism=50')).toMatchObject({ code: 0 })
    const counted = await calls(async () => {
      expect(await terraform.plan()).toMatchObject({ code: 0 })
    })
    expect(counted).toMatchObject({ ListEnvs: 2, ListSecretProviders: 1, ListScopes: 1 })
    expect(sum(counted)).toBeLessThanOrEqual(12)
  })
})
