import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VERSION } from '../../cdktf-provider/provider/gen/version.ts'
import { Terraform } from '../support/terraform.ts'
import { required } from './world.ts'

const root = join(import.meta.dirname, '../..')

let home: string
let terraform: Terraform
beforeEach(() => {
  home = mkdtempSync(join(realpathSync(tmpdir()), 'agyn-home-'))
  // As a user has it who never wrote a CLI configuration.
  terraform = new Terraform({ HOME: home, TF_CLI_CONFIG_FILE: undefined })
  terraform.write(required)
})
afterEach(() => {
  terraform.remove()
  rmSync(home, { recursive: true })
})

async function install(...args: readonly string[]): Promise<string> {
  const script = ['--import', 'tsx', 'scripts/install-provider.ts', ...args]
  const env = { PATH: process.env['PATH'], HOME: home }
  return (await promisify(execFile)(process.execPath, script, { cwd: root, env })).stdout
}

/** The lines to paste, out of what was printed. */
const linesIn = (said: string) => /^provider_installation \{[^]*?^\}$/m.exec(said)?.[0] ?? ''

describe('npm run terraform:install', () => {
  it('puts the provider where Terraform looks without a configuration, and again', async () => {
    await install()
    const said = await install()
    expect(said).toContain(`agynio/agyn ${VERSION} is in ${home}/.terraform.d/plugins`)
    expect(said).toContain('is all they need')
    expect(await terraform.init()).toMatchObject({ code: 0 })
    expect(readdirSync(join(home, '.terraform.d/plugins')).sort()).toEqual([
      'registry.opentofu.org',
      'registry.terraform.io',
    ])
  })

  it('says what to paste for another directory', async () => {
    const mirror = join(home, 'a mirror')
    const said = await install('--mirror', mirror)
    expect(await terraform.init()).toMatchObject({ code: 1 })
    writeFileSync(join(home, '.terraformrc'), linesIn(said))
    expect(await terraform.init()).toMatchObject({ code: 0 })
  })

  it('says what to add to a configuration that says where providers come from', async () => {
    mkdirSync(join(home, 'other'))
    const block = `provider_installation {\n  filesystem_mirror {\n    path = "${home}/other"\n  }\n`
    writeFileSync(join(home, '.terraformrc'), `${block}}\n`)
    const said = await install()
    expect(said).toContain(`${home}/.terraformrc says where providers come from`)
    const [method = ''] = /^ {2}filesystem_mirror \{[^]*?^ {2}\}$/m.exec(said) ?? []
    expect(await terraform.init()).toMatchObject({ code: 1 })
    writeFileSync(join(home, '.terraformrc'), `${block}${method}\n}\n`)
    expect(await terraform.init()).toMatchObject({ code: 0 })
  })
})
