import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameworks } from '../../scripts/constructs-packages.ts'
import { forFramework } from '../../scripts/package-pages.ts'
import { ApiProcess } from '../support/api-process.ts'
import { blocksIn, readPage } from '../support/pages.ts'
import { StackProject } from '../support/stack-project.ts'
import { Terraform } from '../support/terraform.ts'

let api: ApiProcess
beforeAll(async () => {
  api = await ApiProcess.start()
})
afterAll(() => api.remove())

describe.each(frameworks)('what README.md shows from a checkout to a stack of %s', (framework) => {
  const shown = blocksIn(readPage('README.md'), 'sh').find((block) => block.includes('main.ts'))
  const [before = '', main = '', after = ''] = forFramework(framework, shown ?? '').split(
    /cat > main\.ts <<'end'\n|^end\n/m,
  )

  let terraform: Terraform
  beforeAll(() => {
    terraform = new Terraform({ AGYN_API_URL: api.url, AGYN_API_TOKEN: api.adminToken })
  })
  afterAll(() => terraform.remove())

  it('is applied, leaves the key nowhere, and has no changes then', async () => {
    const [, value] = /TF_VAR_stripe_api_key=(\S+) terraform apply/.exec(after) ?? []
    expect(after.split('\n').map((line) => line.replace(/^TF_VAR\S+ /, ''))).toEqual([
      'npx tsx main.ts',
      'cd cdktf.out/stacks/acme',
      'terraform init',
      'terraform apply -auto-approve',
      'terraform plan',
      'kill $!',
      '',
    ])
    const organization = `acme of ${framework}`
    terraform
      .write(
        JSON.stringify({ private: true, dependencies: dependenciesOf(before) }),
        'package.json',
      )
      .write(
        main.replace("(stack, 'acme')", `(stack, 'acme', { name: '${organization}' })`),
        'main.ts',
      )
      .within('cdktf.out/stacks/acme')
    await new StackProject(terraform.directory, framework).run('npx tsx main.ts')
    expect(await terraform.init()).toMatchObject({ code: 0 })
    expect(await terraform.set({ TF_VAR_stripe_api_key: value }).apply()).toMatchObject({ code: 0 })
    const { code, output } = await terraform.set({ TF_VAR_stripe_api_key: undefined }).plan()
    expect([code, output]).toEqual([0, expect.stringContaining('No changes.')])
    expect(terraform.leftBehind()).toContain('stripe-api-key')
    expect(terraform.leftBehind()).not.toContain(value)
  })
})

/** What the project has installed. */
function dependenciesOf(commands: string): Readonly<Record<string, string>> {
  const [, list = ''] = /npm install (.*)/.exec(commands) ?? []
  const names = list.split(' ').map((each) => {
    const tarball = /(cdk\w+-provider)-\*\.tgz$/.exec(each)
    return tarball ? `@agyn/${tarball[1]}` : each.replace(/@.*/, '')
  })
  return Object.fromEntries(names.map((name) => [name, '*']))
}
