import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { ApiProcess } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'
import { required } from '../terraform/world.ts'
import { openTofu } from './servers/opentofu.ts'

let tofu: string
let api: ApiProcess
// Where OpenTofu has to be built, that takes minutes.
beforeAll(async () => {
  tofu = await openTofu()
  api = await ApiProcess.start()
}, 900_000)
afterAll(() => api.remove())

let terraform: Terraform
beforeEach(() => {
  terraform = new Terraform({ AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken })
})
afterEach(() => {
  vi.unstubAllEnvs()
  terraform.remove()
})

const configuration = (name: string) =>
  `${required}\nresource "agyn_organization" "acme" {\n name = "${name}"\n}`

it('takes over what Terraform has made, and gives it back', async () => {
  expect(await terraform.write(configuration('acme')).init()).toMatchObject({ code: 0 })
  await terraform.applied()
  const { id } = terraform.state('agyn_organization.acme') ?? {}

  vi.stubEnv('AGYN_TEST_TERRAFORM', tofu)
  expect((await terraform.run('version')).output).toContain('OpenTofu v')
  expect(await terraform.init()).toMatchObject({ code: 0 })
  expect(await terraform.plan()).toMatchObject({ code: 0 })
  await terraform.applied(configuration('acme, by OpenTofu'))

  vi.unstubAllEnvs()
  expect(await terraform.init()).toMatchObject({ code: 0 })
  expect(await terraform.plan()).toMatchObject({ code: 0 })
  await terraform.applied(configuration('acme, by Terraform'))
  expect(terraform.state('agyn_organization.acme')).toMatchObject({ id })
})

it('imports by the identity of a resource, which came to Terraform with 1.12', async () => {
  const { id } = await api.client().call('CreateOrganization', { body: { name: 'imported' } })
  terraform.write(
    `${configuration('imported')}
    import {
      to       = agyn_organization.acme
      identity = { id = "${id}" }
    }`,
  )
  vi.stubEnv('AGYN_TEST_TERRAFORM', tofu)
  expect(await terraform.init()).toMatchObject({ code: 0 })
  expect((await terraform.plan()).output).toContain('1 to import, 0 to add, 0 to change')
  await terraform.applied()
  expect(terraform.state('agyn_organization.acme')).toMatchObject({ id, name: 'imported' })
})
