import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { mirror } from './mirror.ts'

/** Terraform on one configuration, in a directory of its own, with the provider that was built here. */
export class TerraformRun {
  readonly #directory = mkdtempSync(join(tmpdir(), 'agyn-bench-terraform-'))
  readonly #environment: NodeJS.ProcessEnv

  constructor(configuration: string, environment: NodeJS.ProcessEnv) {
    const rc = join(this.#directory, 'terraform.rc')
    const path = JSON.stringify(mirror)
    writeFileSync(
      rc,
      `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
    )
    writeFileSync(join(this.#directory, 'main.tf'), configuration)
    this.#environment = {
      PATH: process.env['PATH'],
      TF_CLI_CONFIG_FILE: rc,
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
      ...environment,
    }
  }

  init = () => this.#run('init')
  plan = () => this.#run('plan')
  apply = () => this.#run('apply', '-auto-approve')
  destroy = () => this.#run('destroy', '-auto-approve')
  /** Rejects when there is something to do. */
  requireNoChanges = () => this.#run('plan', '-detailed-exitcode')

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }

  async #run(...command: string[]): Promise<void> {
    await promisify(execFile)('terraform', [...command, '-input=false', '-no-color'], {
      cwd: this.#directory,
      env: this.#environment,
      maxBuffer: 64 * 1024 * 1024,
    })
  }
}

/** `1.11.4`, or undefined when there is none. */
export function terraformVersion(): string | undefined {
  try {
    const said = execFileSync('terraform', ['version', '-json'], {
      env: { PATH: process.env['PATH'], CHECKPOINT_DISABLE: '1' },
      encoding: 'utf8',
    })
    return (JSON.parse(said) as { terraform_version: string }).terraform_version
  } catch {
    return undefined
  }
}
