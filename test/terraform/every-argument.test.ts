import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

interface Case {
  readonly type: string
  /** What it needs, whatever else it has. */
  readonly needs: string
  /** Each optional argument, as it is first set and as it is then changed. */
  readonly optional: Readonly<Record<string, readonly [set: string, changed: string]>>
}

const shared = `
  resource "agyn_secret_provider" "shared" {
    count  = 2
    name   = "shared \${count.index}"
    type   = "vault"
    config = { address = "https://v.test", token = "t" }
  }
  resource "agyn_secret" "shared" {
    count = 2
    name  = "shared-\${count.index}"
    value = "v"
  }
  resource "agyn_scope" "shared" {
    count = 2
    kind  = "team"
    name  = "shared \${count.index}"
  }`

const limits = ['timeouts {\n create = "5m"\n}', 'timeouts {\n update = "1h"\n}'] as const
const vault = 'type = "vault"'
const minimal = 'address = "https://v.test"\n token = "t"'
const config = (fields: string) => `config = {\n${minimal}\n${fields}\n}`
const block = (fields: string) => `vault {\n${minimal}\n${fields}\n}`
const remote = 'provider_id = agyn_secret_provider.shared[0].id\n remote_path = "kv/data/a"'

const cases: readonly Case[] = [
  { type: 'agyn_organization', needs: '', optional: { timeouts: limits } },
  {
    type: 'agyn_scope',
    needs: 'kind = "project"',
    optional: {
      parent_id: ['parent_id = agyn_scope.shared[0].id', 'parent_id = agyn_scope.shared[1].id'],
      timeouts: limits,
    },
  },
  {
    type: 'agyn_secret',
    needs: 'value = "v"',
    optional: {
      scope_id: ['scope_id = agyn_scope.shared[0].id', 'scope_id = agyn_scope.shared[1].id'],
      category: ['category = "agent_secret"', 'category = "infrastructure_credential"'],
      description: ['description = "one"', 'description = "two\\nlines"'],
      storage: ['storage = "local"', 'storage = "local"'],
      expires_at: [
        'expires_at = "2027-01-31T12:00:00Z"',
        'expires_at = "2027-02-28T13:00:00+01:00"',
      ],
      rotate_every: ['rotate_every = "90d"', 'rotate_every = "P2W"'],
      force_destroy: ['force_destroy = true', 'force_destroy = false'],
      timeouts: limits,
    },
  },
  {
    type: 'agyn_secret',
    needs: remote,
    optional: {
      remote_key: ['remote_key = "password"', 'remote_key = "/db/password"'],
      remote_version: ['remote_version = "3"', 'remote_version = "4"'],
      storage: ['storage = "remote"', 'storage = "remote"'],
      description: ['description = "one"', 'description = "two"'],
    },
  },
  {
    type: 'agyn_secret_provider',
    needs: `${vault}\n${config('')}`,
    optional: {
      description: ['description = "one"', 'description = "two"'],
      allow_browse: ['allow_browse = true', 'allow_browse = false'],
      force_destroy: ['force_destroy = true', 'force_destroy = false'],
      config_wo_version: ['config_wo_version = 1', 'config_wo_version = 2'],
      timeouts: limits,
    },
  },
  ...[config, block].map((written, index): Case => ({
    type: 'agyn_secret_provider',
    needs: `${vault}\n # form ${index}`,
    optional: Object.fromEntries(
      (
        [
          ['namespace', 'a', 'b'],
          ['mount', 'kv', 'secret'],
          ['path_prefix', 'secret/data/a', 'secret/data/b'],
          ['auth_method', 'token', 'token'],
        ] as const
      ).map(([name, one, two]) => [
        name,
        [written(`${name} = "${one}"`), written(`${name} = "${two}"`)],
      ]),
    ),
  })),
  {
    type: 'agyn_env',
    needs: 'consumer = { kind = "agent", id = "billing" }',
    optional: {
      secret_id: ['secret_id = agyn_secret.shared[0].id', 'secret_id = agyn_secret.shared[1].id'],
      value: ['value = "one"', 'value = "two"'],
      template: [
        'template = "a $${secret:shared-0}"\n depends_on = [agyn_secret.shared]',
        'template = "b $${secret:shared-1}"\n depends_on = [agyn_secret.shared]',
      ],
    },
  },
  {
    type: 'agyn_api_token',
    needs: 'role = "member"',
    optional: {
      scope_id: ['scope_id = agyn_scope.shared[0].id', 'scope_id = agyn_scope.shared[1].id'],
      expires_at: [
        'expires_at = "2031-01-31T12:00:00Z"',
        'expires_at = "2032-01-31T12:00:00+02:00"',
      ],
      rotate_every: ['rotate_every = "30d"', 'rotate_every = "60d"'],
      timeouts: limits,
    },
  },
]

/** What stands in the place of an argument that cannot simply be left out. */
function unset({ type, needs }: Case): string {
  if (type === 'agyn_env') return 'value = "none"'
  return type === 'agyn_secret_provider' && needs.includes('# form') ? config('') : ''
}

/** One resource for each argument, all of them at one step. */
const configuration = (step: 'set' | 'changed' | 'unset'): string =>
  shared +
  cases
    .flatMap((each, index) =>
      Object.entries(each.optional).map(([argument, [set, changed]]) => {
        const body = { set, changed, unset: unset(each) }[step]
        const name = each.type === 'agyn_env' ? argument.toUpperCase() : `${argument} ${index}`
        return `
          resource "${each.type}" "r${index}_${argument}" {
            name = "${name}"
            ${each.needs}
            ${body}
          }`
      }),
    )
    .join('')

describe('every optional argument of every resource', () => {
  it('is set, changed and taken away, and each second plan is empty', async () => {
    // Organizations take an admin, and the rest then names its own.
    const terraform = world.terraform(world.api.adminToken)
    const provider = `
      variable "api_url" {}
      variable "api_token" {}
      terraform {
        required_providers {
          agyn = { source = "agynio/agyn" }
        }
      }
      provider "agyn" {
        api_url         = var.api_url
        api_token       = var.api_token
        organization_id = "${world.acme.id}"
      }`
    terraform.write(provider, 'provider.tf')
    for (const step of ['unset', 'set', 'changed', 'unset', 'changed', 'set'] as const) {
      const { output } = await terraform.applied(configuration(step))
      expect(output).toContain('Apply complete!')
    }
    expect((await terraform.destroy()).output).toContain('Destroy complete!')
  })
})
