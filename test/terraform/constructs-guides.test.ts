import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameworks, type Framework } from '../../scripts/constructs-packages.ts'
import { pageFor } from '../../scripts/package-pages.ts'
import { ApiProcess } from '../support/api-process.ts'
import { blocksIn } from '../support/pages.ts'
import { StackProject } from '../support/stack-project.ts'
import { Terraform } from '../support/terraform.ts'

const root = join(import.meta.dirname, '../..')
const example = (framework: Framework) => join(root, 'examples', framework)

let api: ApiProcess
const opened: Terraform[] = []
beforeAll(async () => {
  api = await ApiProcess.start()
})
afterAll(async () => {
  for (const terraform of opened) terraform.remove()
  await api.remove()
})

const stackOutput = 'stack/cdktf.out/stacks/secrets'

/** The state of the stack, a copy of that of HCL. */
const copied = 'stack/terraform.secrets.tfstate'

/** What `npm install` is asked for in these commands, as a package.json names it. */
function installedBy(commands: string): Readonly<Record<string, string>> {
  const named = [...commands.matchAll(/npm install (.*)/g)].flatMap(([, list = '']) =>
    list.split(' ').filter((name) => !name.startsWith('--')),
  )
  return Object.fromEntries(named.map((name) => [name.replace(/(?<=.)@[^/]*$/, ''), '*']))
}

/** An empty directory for an owner of an organization of this name. */
async function open(name: string, variables: NodeJS.ProcessEnv): Promise<Terraform> {
  const { owner } = await api.organization(name)
  const terraform = new Terraform({
    AGYN_API_URL: api.url,
    AGYN_API_TOKEN: owner,
    ...variables,
  })
  opened.push(terraform)
  return terraform
}

describe.each(frameworks)('from HCL to %s', (framework) => {
  const guide = pageFor(framework, 'docs/from-hcl.md')
  const [hcl = ''] = blocksIn(guide, 'terraform')
  const [begin = ''] = blocksIn(guide, 'sh')
  const [settings = ''] = blocksIn(guide, 'json')
  const [main = '', moved = '', inState = ''] = blocksIn(guide, 'typescript')

  /** Applies HCL. Whoever goes on has no secret. */
  async function applied(name: string, configuration: string): Promise<Terraform> {
    const terraform = await open(`${name} of ${framework}`, {
      TF_VAR_vault_token: 'hvs.given',
      TF_VAR_signing_key: 'given',
      TF_VAR_legacy_key: 'canary',
    })
    terraform.write(configuration)
    expect(await terraform.init()).toMatchObject({ code: 0 })
    await terraform.applied()
    return terraform.set({ TF_VAR_vault_token: undefined, TF_VAR_signing_key: undefined })
  }

  /** The stack of the guide, and this in it. */
  const withMore = (code: string): string =>
    main
      .replace('import { App', 'import { App, TerraformVariable')
      .replace('app.synth()', () => `${code}\napp.synth()`)

  /** Makes the project that the guide describes, with a copy of the state. */
  function beginProject(terraform: Terraform): void {
    const commands = begin.replaceAll(/^npm .*\n/gm, '')
    execFileSync('sh', ['-ec', commands], { cwd: terraform.directory })
    terraform
      .write(
        JSON.stringify({ private: true, dependencies: installedBy(begin) }),
        'stack/package.json',
      )
      .write(settings, 'stack/cdktf.json')
      .within(stackOutput)
  }

  async function synthesize(terraform: Terraform, stack: string): Promise<void> {
    terraform.write(stack, 'stack/main.ts')
    await new StackProject(terraform.path('stack'), framework).run('npx tsx main.ts')
    expect(await terraform.init()).toMatchObject({ code: 0 })
  }

  it('changes nothing, and leaves the state as it is', async () => {
    const terraform = await applied('the guide', hcl)
    expect(await terraform.run('fmt', '-check', '-diff', 'main.tf')).toMatchObject({ code: 0 })
    const state = readFileSync(terraform.path('terraform.tfstate'), 'utf8')
    beginProject(terraform)
    await synthesize(terraform, main)
    const { code, output } = await terraform.plan()
    expect(output).toContain('No changes. Your infrastructure matches the configuration.')
    expect(code).toBe(0)
    expect(readFileSync(terraform.path(copied), 'utf8')).toBe(state)
  })

  it('keeps the state where the command line of the framework takes it', async () => {
    const terraform = await applied('the command line', hcl)
    beginProject(terraform)
    await synthesize(terraform, main)
    const written = readFileSync(terraform.path(`${stackOutput}/cdk.tf.json`), 'utf8')
    const { terraform: block } = JSON.parse(written) as {
      readonly terraform: { readonly backend: object }
    }
    expect(block.backend).toEqual({ local: { path: terraform.path(copied) } })
    // It ends where the project has a file of this name.
    expect(existsSync(terraform.path('stack/terraform.tfstate'))).toBe(false)
  })

  it('moves what has no such address, and takes a value out of the state', async () => {
    const more = `
      variable "legacy_key" {
        type      = string
        sensitive = true
      }
      resource "agyn_secret" "legacy_key" {
        name  = "legacy-key"
        value = var.legacy_key
      }
      resource "agyn_env" "plain" {
        for_each = { REGION = "eu-west-1" }
        consumer = { kind = "agent", id = "billing" }
        name     = each.key
        value    = each.value
      }`
    const whole = withMore(moved + inState)
    const terraform = await applied('more', hcl + more)
    beginProject(terraform)
    await synthesize(terraform, whole)
    const { code, output } = await terraform.plan()
    expect([code, output]).toEqual([2, expect.stringMatching(/plain\["REGION"\] has moved to/)])
    expect(output).toContain('Plan: 0 to add, 0 to change, 0 to destroy.')
    await terraform.applied()

    const stateOf = () => readFileSync(terraform.path(copied), 'utf8')
    expect(stateOf()).toContain('canary')
    await synthesize(
      terraform,
      whole
        .replace('  valueInState: true,\n', '')
        .replace(/new TerraformVariable\((stack, 'legacy_key'), .*\)/, 'new EphemeralVariable($1)'),
    )
    await terraform.applied()
    expect(stateOf()).not.toContain('canary')
  })

  it('makes the block of a store of `config`, by an update', async () => {
    const more = `
      resource "agyn_secret_provider" "old" {
        name   = "old"
        type   = "vault"
        config = { address = "https://old.internal:8200", token = var.legacy_key }
      }
      variable "legacy_key" {
        type      = string
        sensitive = true
      }`
    const old = `
      SecretProvider.vault(stack, 'old', {
        address: 'https://old.internal:8200',
        auth: VaultAuth.token({ token: new TerraformVariable(stack, 'legacy_key', {}).stringValue }),
        credentialsInState: true,
      }).resource.overrideLogicalId('old')
    `
    const terraform = await applied('config', hcl + more)
    beginProject(terraform)
    await synthesize(terraform, withMore(old))
    const { output } = await terraform.applied()
    expect(output).toContain('Plan: 0 to add, 1 to change, 0 to destroy.')
  })
})

describe('from CDKTF to CDK Terrain', () => {
  const guide = pageFor('cdktn', 'docs/to-cdk-terrain.md')
  const [rename = ''] = blocksIn(guide, 'sh')

  it('makes of one example the other', async () => {
    const { directory } = await open('lines', {})
    await StackProject.ofExample(directory, 'cdktf').run(rename)
    const sources = (of: string) => readdirSync(of).filter((file) => /\.ts$|^tsconfig/.test(file))
    expect(sources(directory)).toEqual(sources(example('cdktn')))
    for (const file of sources(directory)) {
      const made = readFileSync(join(directory, file), 'utf8')
      expect(made).toBe(readFileSync(join(example('cdktn'), file), 'utf8'))
    }
  })

  it('finds imports of every form in every folder, and leaves other texts alone', async () => {
    const terraform = await open('forms', {})
    const source = `import { App } from 'cdktf'
      import type { Aspects } from "cdktf"
      import "cdktf/lib/testing/adapters/jest";
      import cdktf = require('cdktf')
      const { Fn } = require("cdktf"), later = await import( 'cdktf' )
      import {
        Secret,
      } from "@agyn/cdktf-provider";
      import { DataAgynSecrets } from '@agyn/cdktf-provider/lib/data-agyn-secrets'
      import { Provider } from "@cdktf/provider-local"
      const tags = { managedBy: 'cdktf', file: 'cdktf.json' }
    `
    const files = ['main.ts', 'lib/deep/team.mts', 'setup.js', 'node_modules/other/index.js']
    for (const file of files) {
      mkdirSync(dirname(terraform.path(file)), { recursive: true })
      terraform.write(source, file)
    }
    execFileSync('sh', ['-ec', rename], { cwd: terraform.directory })
    const [main, team, setup, other] = files.map((file) =>
      readFileSync(terraform.path(file), 'utf8'),
    )
    expect(main?.match(/cdktn/g)).toHaveLength(8)
    expect(main).toContain(`"@cdktf/provider-local"`)
    expect(main).toContain(`{ managedBy: 'cdktf', file: 'cdktf.json' }`)
    expect([team, setup, other]).toEqual([main, main, source])
    const left = readdirSync(terraform.directory, { recursive: true, encoding: 'utf8' })
    expect(left.filter((file) => file.endsWith('.cdktf'))).toEqual([])
  })

  it('shows what changes in cdktf.json', () => {
    const [, settings = ''] = blocksIn(guide, 'diff')
    const without = (mark: string) =>
      settings.replaceAll(new RegExp(`^\\${mark}.*\\n`, 'gm'), '').replaceAll(/^./gm, '')
    const shown = (framework: Framework) =>
      readFileSync(join(example(framework), 'cdktf.json'), 'utf8')
    expect([without('+'), without('-')]).toEqual([shown('cdktf'), shown('cdktn')])
  })

  it.each([
    ['cdktf', 'cdktn'],
    ['cdktn', 'cdktf'],
  ] as const)('leaves a state of %s as it is with %s', async (former, latter) => {
    const terraform = await open(`state of ${former}`, {
      TF_VAR_preflight: 'false',
      TF_VAR_vault_address: 'https://vault.internal:8200',
      TF_VAR_vault_secret_id: 's',
      TF_VAR_aws_access_key_id: 'a',
      TF_VAR_aws_secret_access_key: 'a',
      TF_VAR_anthropic_api_key: 'a',
      TF_VAR_signing_key: 's',
    })
    const { directory } = terraform.within('cdktf.out/stacks/company')
    const synthesize = async (framework: Framework) => {
      await StackProject.ofExample(directory, framework).run('npm run synth')
      expect(await terraform.init()).toMatchObject({ code: 0 })
    }
    await synthesize(former)
    await terraform.applied()
    await synthesize(latter)
    const { code, output } = await terraform.plan()
    expect([code, output]).toEqual([0, expect.stringContaining('No changes.')])
  })
})
