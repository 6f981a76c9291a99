import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Terraform } from '../support/terraform.ts'
import { World } from './world.ts'

let world: World
let owner: ReturnType<World['api']['client']>
beforeAll(async () => {
  world = await World.start()
  owner = world.api.client(world.acme.owner)
})
afterAll(() => world.close())

const vault = (name: string, settings: string, more = '') => `
  variable "token" {
    type      = string
    ephemeral = true
    default   = null
  }
  resource "agyn_secret_provider" "p" {
    name = "${name}"
    type = "vault"
    ${settings}
    ${more}
  }`

describe.each([
  ['config', (fields: string) => `config = {\n${fields}\n}`],
  ['block', (fields: string) => `vault {\n${fields}\n}`],
])('a write-only credential in a %s', (form, written) => {
  const given = (address = 'https://one.test') =>
    written(`address = "${address}"\n token_wo = var.token`)
  const version = (number: number) => `config_wo_version = ${number}`
  const settled = async (name: string) => {
    const terraform = world.terraform().set({ TF_VAR_token: 'canary-one' })
    await terraform.applied(vault(`${name} ${form}`, given(), version(1)))
    return terraform
  }
  const provider = (terraform: Terraform) => terraform.state('agyn_secret_provider.p') ?? {}
  const held = (terraform: Terraform) =>
    owner.call('GetSecretProvider', { params: { id: String(provider(terraform)['id']) } })

  it('reaches the API and never the state or a plan', async () => {
    const terraform = await settled('unseen')
    expect((await held(terraform)).config).toEqual({
      address: 'https://one.test',
      authMethod: 'token',
      token: '••••••••',
    })
    await terraform.planned()
    expect(terraform.leftBehind()).not.toContain('canary')
    expect(provider(terraform)['config_fingerprint']).toEqual(expect.any(String))
  })

  it('is sent again when the version changes, and when the address does', async () => {
    const terraform = await settled('sent')
    const { config_fingerprint: first } = provider(terraform)
    terraform.set({ TF_VAR_token: 'canary-two' })
    expect((await terraform.plan()).code).toBe(0)
    await terraform.applied(vault(`sent ${form}`, given(), version(2)))
    const { config_fingerprint: second } = provider(terraform)
    expect(second).not.toBe(first)
    await terraform.applied(vault(`sent ${form}`, given('https://two.test'), version(2)))
    expect(provider(terraform)['config_fingerprint']).toBe(second)
    expect((await held(terraform)).config).toMatchObject({ address: 'https://two.test' })
    expect(terraform.leftBehind()).not.toContain('canary')
  })

  it('that somebody else changed is seen by the fingerprint, and put back', async () => {
    const terraform = await settled('drifting')
    const { id, config_fingerprint } = provider(terraform)
    const params = { id: String(id) }
    await owner.call('UpdateSecretProvider', { params, body: { config: { token: 'other' } } })
    const { code, output } = await terraform.plan()
    expect(code).toBe(2)
    expect(output).toContain('were changed outside of Terraform')
    await terraform.applied()
    expect(provider(terraform)).toMatchObject({ config_fingerprint, config_wo_version: 1 })
  })

  it('is asked for when it has to be sent, and what is kept is never cleared for want of it', async () => {
    const terraform = await settled('wanted')
    terraform.set({ TF_VAR_token: undefined })
    const params = { id: String(provider(terraform)['id']) }
    await owner.call('UpdateSecretProvider', { params, body: { config: { token: 'other' } } })
    const changed = vault(`wanted ${form}`, given(), version(1))
    const drifted = await terraform.write(changed).plan()
    expect(drifted.code).toBe(2)
    expect(drifted.output).toContain('are not known to be the ones that were applied')
    const refused = await terraform.apply()
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('Error: The credentials of the secret provider are wanted.')
    await terraform.set({ TF_VAR_token: 'canary-one' }).applied()
    terraform.set({ TF_VAR_token: undefined })
    const reasons: readonly (readonly [string, string])[] = [
      [vault(`wanted ${form}`, given(), version(2)), 'the version changes'],
      [vault(`wanted ${form}`, given('https://two.test'), version(1)), 'to another address'],
    ]
    for (const [configuration, why] of reasons) {
      const { code, output } = await terraform.write(configuration).plan()
      expect(code).toBe(1)
      expect(output).toContain(
        `Give the write-only credentials of \`${form === 'block' ? 'vault' : form}\``,
      )
      expect(output).toContain(why)
    }
    expect((await held(terraform)).config).toMatchObject({ token: '••••••••' })
  })

  it('goes along with a default that is written out, for nothing changes', async () => {
    const terraform = await settled('default')
    terraform.set({ TF_VAR_token: undefined })
    const spelt = written(
      'address = "https://one.test"\n auth_method = "token"\n token_wo = var.token',
    )
    await terraform.applied(vault(`default ${form}`, spelt, version(1)))
    expect(await held(terraform)).toMatchObject({ revision: 1 })
  })

  it('is sent to another address although changes of its version are ignored', async () => {
    const ignoring = 'lifecycle {\n ignore_changes = [config_wo_version]\n}'
    const terraform = await settled('ignored')
    const params = { id: String(provider(terraform)['id']) }
    await owner.call('UpdateSecretProvider', { params, body: { config: { token: 'other' } } })
    const name = `ignored ${form}`
    await terraform.applied(vault(name, given(), `${version(1)}\n${ignoring}`))
    await terraform.applied(vault(name, given('https://two.test'), `${version(1)}\n${ignoring}`))
    expect((await held(terraform)).config).toMatchObject({ address: 'https://two.test' })
  })

  it('is cleared when another way to log in takes its place', async () => {
    const terraform = await settled('cleared')
    const role = written(
      'address = "https://one.test"\n auth_method = "approle"\n role_id = "r"\n secret_id = "s"',
    )
    await terraform.applied(vault(`cleared ${form}`, role))
    expect((await held(terraform)).config).toEqual({
      address: 'https://one.test',
      authMethod: 'approle',
      roleId: 'r',
      secretId: '••••••••',
    })
  })

  it.each([
    [
      'without a version',
      'address = "https://one.test"\n token_wo = "x"',
      '',
      '_wo` needs `config_wo_version`',
    ],
    [
      'beside the plain one',
      'address = "https://one.test"\n token = "x"\n token_wo = "y"',
      version(1),
      '.token` or `',
    ],
    [
      'that is a mask',
      'address = "https://one.test"\n token_wo = "••••••••"',
      version(1),
      '.token_wo`: This is a mask',
    ],
    ['that is missing', 'address = "https://one.test"', '', '.token`: This field is required.'],
    [
      'of another type',
      'address = "https://one.test"\n token = "x"\n region = "eu"',
      '',
      '.region`: There is no such field here.',
    ],
  ])('%s is refused', async (_, fields, more, words) => {
    const refused = world.terraform().set({ TF_VAR_token: 'x' })
    const { code, output } = await refused.write(vault('refused', written(fields), more)).plan()
    expect(code).toBe(1)
    expect(output).toContain(words)
    expect(output.match(/Error: /g)).toHaveLength(1)
  })
})

describe('the block of a provider type', () => {
  const plan = async (settings: string) => {
    const terraform = world.terraform().set({ TF_VAR_token: 'x' })
    return await terraform.write(vault('refused', settings)).plan()
  }

  it('is where Terraform refuses a misspelt argument', async () => {
    const { code, output } = await plan('vault {\n address = "https://v.test"\n tokn = "x"\n}')
    expect(code).toBe(1)
    expect(output).toContain('An argument named "tokn" is not expected here. Did you mean "token"?')
  })

  it('takes the place of `config` and changes nothing', async () => {
    const fields = 'address = "https://one.test"\n token = "t"'
    const terraform = world.terraform().set({ TF_VAR_token: 'x' })
    await terraform.applied(vault('reformed', `config = {\n${fields}\n}`))
    const before = terraform.state('agyn_secret_provider.p')
    await terraform.applied(vault('reformed', `vault {\n${fields}\n}`))
    const { id, config_fingerprint } = before as Record<string, string>
    expect(terraform.state('agyn_secret_provider.p')).toMatchObject({
      id,
      config_fingerprint,
      config: null,
      vault: { address: 'https://one.test' },
    })
    const params = { id: id as string }
    expect(await owner.call('GetSecretProvider', { params })).toMatchObject({ revision: 1 })
  })

  it.each([
    [
      'beside `config`',
      'vault {\n address = "https://v.test"\n token = "x"\n}\n config = {}',
      'Give either `config` or `vault`.',
    ],
    [
      'that belongs to another type',
      'aws_sm {\n region = "eu-west-1"\n}',
      'The block `aws_sm` is for another type than `vault`: write `vault { ... }`',
    ],
    ['that is missing, as `config` is', '', 'or the block `vault { ... }`'],
  ])('%s is refused', async (_, settings, words) => {
    const { code, output } = await plan(settings)
    expect(code).toBe(1)
    expect(output).toContain(words)
    expect(output.match(/Error: /g)).toHaveLength(1)
  })
})
