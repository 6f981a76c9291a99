// Prevents a newcomer from writing a Terraform CLI configuration before the first `terraform init`: puts the
// provider where Terraform and OpenTofu look by themselves.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { addresses, agyn, bundleProvider, writeToMirror } from './bundle-provider.ts'

async function install(given: string | undefined): Promise<void> {
  const { version } = agyn
  const implicit = join(homedir(), '.terraform.d/plugins')
  const mirror = given === undefined ? implicit : resolve(given)
  const files = await bundleProvider(agyn)
  for (const address of addresses) {
    writeToMirror(files, { mirror, address, version, platforms: [platform()] })
  }
  const config = cliConfigs().find(saysWhereFrom)
  console.log(`agynio/agyn ${version} is in ${mirror}.

${mirror === implicit && config === undefined ? nothingToAdd : linesToAdd(mirror, config)}

Where another build of this version was initialized, .terraform.lock.hcl has the hash of that one: delete
the provider's block in it, or the file, and run \`terraform init\` again.`)
}

/** This machine as `os_arch`. */
function platform(): string {
  if (process.platform === 'win32') {
    console.error(
      'On Windows, Terraform starts nothing but an .exe, which this provider is not: see "Windows" in cdktf-provider/docs/guides/getting-started.md.',
    )
    process.exit(1)
  }
  return `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`
}

/** The files that Terraform and OpenTofu read. */
function cliConfigs(): string[] {
  const given = process.env['TF_CLI_CONFIG_FILE']
  return given ? [given] : ['.tofurc', '.terraformrc'].map((file) => join(homedir(), file))
}

/** Whether the file has a block that takes the place of the directories they look in by themselves. */
function saysWhereFrom(file: string): boolean {
  return existsSync(file) && /^\s*provider_installation\b/m.test(readFileSync(file, 'utf8'))
}

const nothingToAdd =
  'Terraform and OpenTofu look there by themselves: `source = "agynio/agyn"` is all they need.'

function linesToAdd(mirror: string, config: string | undefined): string {
  const method = `  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["agynio/agyn"]
  }`
  if (config === undefined) {
    const direct = '  direct {\n    exclude = ["agynio/agyn"]\n  }'
    return `Add to ${join(homedir(), '.terraformrc')}:\n\nprovider_installation {\n${method}\n${direct}\n}`
  }
  return `${config} says where providers come from. Add to its block provider_installation:\n\n${method}\n\nand to its block direct, where it has one: exclude = ["agynio/agyn"]`
}

await install(parseArgs({ options: { mirror: { type: 'string' } } }).values.mirror)
