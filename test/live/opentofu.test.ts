import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { findOpenTofu, installOpenTofu } from '../../scripts/opentofu.ts'
import { ApiProcess } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'
import { required } from '../terraform/world.ts'
import { cacheDir, onLine } from './servers/cache.ts'

let tofu: string
let api: ApiProcess
beforeAll(async () => {
  tofu = (await findOpenTofu()) ?? (await installOpenTofu(cacheDir, onLine))
  api = await ApiProcess.start()
})
afterAll(() => api.remove())
afterEach(() => vi.unstubAllEnvs())

it('takes over what Terraform has made, and gives it back', async () => {
  const terraform = new Terraform({ AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken })
  const configuration = (name: string) =>
    `${required}\nresource "agyn_organization" "acme" {\n name = "${name}"\n}`
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
  terraform.remove()
})
