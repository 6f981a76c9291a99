import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../../cdktf-provider/provider/gen/version.ts'
import { frameworks, type Framework } from '../../scripts/constructs-packages.ts'
import { Terraform } from '../support/terraform.ts'
import { frameworkCli } from './servers/framework-cli.ts'

const root = join(import.meta.dirname, '../..')

describe.each(frameworks)('%s get, on the filesystem mirror', (framework) => {
  let project: Terraform
  // Where the command line has to be installed, that takes half a minute.
  beforeAll(async () => {
    const { node, program } = await frameworkCli(framework)
    project = new Terraform()
    for (const [file, text] of Object.entries(filesOf(framework))) project.write(text, file)
    symlinkSync(join(root, 'node_modules'), project.path('node_modules'))
    await run(project, node, program, 'get')
  }, 300_000)
  afterAll(() => project.remove())

  it('gives the L1 that the package has, pinned to the version that the mirror has', () => {
    const given = bindingsIn(project.path('.gen/providers/agyn'))
    const pinned = `providerVersion: '${VERSION}',`
    expect(given['provider/index.ts']).toContain(pinned)
    const unpinned = Object.entries(given).map(([file, text]) => [
      file,
      text
        .replaceAll(`/${VERSION}/docs`, '/latest/docs')
        .replaceAll(new RegExp(`^ *${pinned}\n`, 'gm'), ''),
    ])
    const ofPackage = bindingsIn(join(root, 'cdktf-provider/constructs/gen', framework))
    expect(Object.fromEntries(unpinned)).toEqual(ofPackage)
  })

  it('gives bindings that compile in a strict project, and whose output Terraform takes', async () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    await run(project, process.execPath, tsc, '-p', '.')
    await run(project, process.execPath, 'main.js')
    project.within('cdktf.out/stacks/prod')
    expect(await project.init()).toMatchObject({ code: 0 })
    const { output } = await project.run('validate', '-no-color')
    expect(output).toContain('The configuration is valid.')
  })
})

/** Runs a program in Node.js. It inherits nothing, and what it said is the reason when it fails. */
function run(project: Terraform, node: string, ...parameters: readonly string[]): Promise<void> {
  const env = {
    // What it starts itself runs on the same Node.js.
    PATH: `${dirname(node)}${delimiter}${process.env['PATH']}`,
    HOME: project.directory,
    TMPDIR: tmpdir(),
    TF_CLI_CONFIG_FILE: project.path('terraformrc'),
    CHECKPOINT_DISABLE: '1',
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  return new Promise((resolve, reject) => {
    execFile(node, parameters, { cwd: project.directory, env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}${stdout}${stderr}`)) : resolve(),
    )
  })
}

/** The project of somebody who wants the L1 alone. */
const filesOf = (framework: Framework) => ({
  'cdktf.json': JSON.stringify({
    language: 'typescript',
    app: 'node main.js',
    sendCrashReports: 'false',
    terraformProviders: [`agynio/agyn@~> ${VERSION}`],
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      module: 'node16',
      types: [],
      strict: true,
      skipLibCheck: true,
    },
    files: ['main.ts'],
  }),
  'main.ts': `import { App, TerraformStack, TerraformVariable } from '${framework}'
import { Env } from './.gen/providers/agyn/env'
import { AgynProvider } from './.gen/providers/agyn/provider'
import { Secret } from './.gen/providers/agyn/secret'
import { SecretProvider } from './.gen/providers/agyn/secret-provider'

const app = new App({ context: { targetVersions: { terraform: '>=1.11' } } })
const stack = new TerraformStack(app, 'prod')
new AgynProvider(stack, 'agyn')
const tokenWo = new TerraformVariable(stack, 'vault_token', { type: 'string', sensitive: true }).stringValue
const vault = new SecretProvider(stack, 'vault', {
  name: 'vault',
  type: 'vault',
  vault: { address: 'https://vault.internal:8200', tokenWo },
  configWoVersion: 1,
})
const stripe = new Secret(stack, 'stripe', {
  name: 'stripe',
  providerId: vault.id,
  remotePath: 'kv/data/prod/stripe',
})
new Env(stack, 'env', {
  consumer: { kind: 'agent', id: 'billing' },
  name: 'STRIPE_API_KEY',
  secretId: stripe.id,
})
app.synth()
`,
})

/** The generated sources, by file. */
function bindingsIn(directory: string): Readonly<Record<string, string>> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  // What `get` writes beside them: an index that loads late, and documents.
  const bindings = files.filter((file) => file.endsWith('index.ts') && !file.startsWith('lazy-'))
  return Object.fromEntries(
    bindings.sort().map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  )
}
