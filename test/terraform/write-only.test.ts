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

const secret = (name: string, body: string) => `
  variable "value" {
    type      = string
    ephemeral = true
    default   = null
  }
  resource "agyn_secret" "s" {
    name = "${name}"
    ${body}
  }`

const resolved = async (terraform: Terraform): Promise<string> =>
  (await world.resolve(terraform.state('agyn_secret.s')?.['id'])).value

describe('a write-only value', () => {
  const body = (version: number) => `value_wo = var.value\n value_wo_version = ${version}`
  const settled = async (name: string) => {
    const terraform = world.terraform().set({ TF_VAR_value: 'canary-one' })
    await terraform.applied(secret(name, body(1)))
    return terraform
  }

  it('reaches the API and never the state or a plan', async () => {
    const terraform = await settled('unseen')
    expect(await resolved(terraform)).toBe('canary-one')
    await terraform.planned()
    expect(terraform.leftBehind()).not.toContain('canary')
    expect(terraform.state('agyn_secret.s')).toMatchObject({ value: null, value_wo_version: 1 })
  })

  it('is sent again when its version changes, and not otherwise', async () => {
    const terraform = await settled('versioned')
    terraform.set({ TF_VAR_value: 'canary-two' })
    expect((await terraform.plan()).code).toBe(0)
    await terraform.applied(secret('versioned', body(2)))
    expect(await resolved(terraform)).toBe('canary-two')
    expect(terraform.leftBehind()).not.toContain('canary')
  })

  it('may be left out while its version stays, and is asked for when that changes', async () => {
    const terraform = await settled('left out')
    terraform.set({ TF_VAR_value: undefined })
    await terraform.applied(secret('left out', `${body(1)}\n description = "changed"`))
    const { code, output } = await terraform.write(secret('left out', body(2))).plan()
    expect(code).toBe(1)
    expect(output).toContain('Give `value_wo`, for the apply sends it: its version changes.')
    expect(await resolved(terraform)).toBe('canary-one')
  })

  it('that somebody else changed is seen by its fingerprint, and put back', async () => {
    const terraform = await settled('drifting')
    const { id, value_fingerprint } = terraform.state('agyn_secret.s') as Record<string, string>
    await owner.call('UpdateSecret', { params: { id: id as string }, body: { value: 'other' } })
    const { code, output } = await terraform.plan()
    expect(code).toBe(2)
    expect(output).toContain('The value of the secret "drifting" was changed outside of Terraform.')
    terraform.set({ TF_VAR_value: undefined })
    const withoutValue = await terraform.plan()
    expect(withoutValue.code).toBe(2)
    expect(withoutValue.output).toContain('Warning: The value of the secret is wanted.')
    expect((await terraform.apply()).output).toContain('Error: The value of the secret is wanted.')
    terraform.set({ TF_VAR_value: 'canary-one' })
    await terraform.applied()
    expect(await resolved(terraform)).toBe('canary-one')
    expect(terraform.state('agyn_secret.s')).toMatchObject({
      value_fingerprint,
      value_wo_version: 1,
    })
  })

  it('takes the place of a plain one, and gives it back', async () => {
    const terraform = await settled('switched')
    await terraform.applied(secret('switched', 'value = "plain"'))
    expect(await resolved(terraform)).toBe('plain')
    await terraform.applied(secret('switched', body(1)))
    expect(await resolved(terraform)).toBe('canary-one')
    expect(terraform.state('agyn_secret.s')).toMatchObject({ value: null })
  })

  it('may be binary', async () => {
    const terraform = world.terraform().set({ TF_VAR_value: 'AP8B' })
    await terraform.applied(secret('binary', 'value_base64_wo = var.value\n value_wo_version = 1'))
    const id = terraform.state('agyn_secret.s')?.['id']
    expect(await world.resolve(id)).toMatchObject({ value: 'AP8B', encoding: 'base64' })
  })

  it.each([
    [
      'without a version',
      'value_wo = "x"',
      'value_wo',
      '`value_wo` needs `value_wo_version` beside it',
    ],
    [
      'beside a plain one',
      'value = "x"\n value_wo = "y"\n value_wo_version = 1',
      'value_wo',
      'Give either `value` or `value_wo`.',
    ],
    [
      'twice',
      'value_wo = "x"\n value_base64_wo = "eA=="\n value_wo_version = 1',
      'value_base64_wo',
      'Give either `value_wo` or `value_base64_wo`.',
    ],
    [
      'of a remote secret',
      'value_wo = "x"\n value_wo_version = 1\n remote_path = "p"',
      'value_wo',
      'or `provider_id` and `remote_path`, to read it',
    ],
    [
      'that is a mask',
      'value_wo = "••••••••"\n value_wo_version = 1',
      'value_wo',
      'This is a mask, not a value',
    ],
    [
      'whose version stands by a plain one',
      'value = "x"\n value_wo_version = 1',
      'value_wo_version',
      '`value_wo_version` goes with `value_wo`',
    ],
    [
      'of which only the version is given',
      'value_wo_version = 1',
      'value_wo_version',
      'the apply sends it: the secret is new.',
    ],
  ])('%s is refused on its attribute', async (_, body, at, words) => {
    const { code, output } = await world.terraform().write(secret('refused', body)).plan()
    expect(code).toBe(1)
    expect(output).toContain(words)
    expect(output).toMatch(new RegExp(`\\d+: ${at} +=`))
    expect(output.match(/Error: /g)).toHaveLength(1)
  })
})
