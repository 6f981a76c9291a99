import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Workspace } from './figure.ts'
import { mirror as ours } from './mirror.ts'

export interface TerraformRunOptions {
  readonly configuration: string
  /** What the configuration is written to; of another ending when it is JSON. */
  readonly file?: 'main.tf' | 'cdk.tf.json'
  readonly environment?: NodeJS.ProcessEnv
  /** Where providers come from; what was built here when left out. */
  readonly mirror?: string
}

/**
 * Terraform on one configuration, in a directory of its own. Its provider comes from a mirror and is
 * locked, as a user's is, so that each command also verifies the hash of the package.
 */
export class TerraformRun {
  readonly #directory = mkdtempSync(join(tmpdir(), 'agyn-bench-terraform-'))
  readonly #environment: NodeJS.ProcessEnv

  private constructor(options: TerraformRunOptions) {
    const { configuration, file = 'main.tf', environment, mirror = ours } = options
    const rc = join(this.#directory, 'terraform.rc')
    const path = JSON.stringify(mirror)
    writeFileSync(
      rc,
      `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
    )
    writeFileSync(join(this.#directory, file), configuration)
    this.#environment = {
      PATH: process.env['PATH'],
      TF_CLI_CONFIG_FILE: rc,
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
      ...environment,
    }
  }

  /** Initialized, and removed with the workspace. */
  static async start(workspace: Workspace, options: TerraformRunOptions): Promise<TerraformRun> {
    const run = workspace.owning(new TerraformRun(options), (it) => it.#remove())
    await run.#run(['init', '-input=false'])
    return run
  }

  validate = (how?: How) => this.#run(['validate'], how)
  plan = (how?: How) => this.#run(['plan', '-input=false'], how)
  apply = (how?: How) => this.#run(['apply', '-input=false', '-auto-approve'], how)
  destroy = (how?: How) => this.#run(['destroy', '-input=false', '-auto-approve'], how)
  /** Rejects when there is something to do. */
  requireNoChanges = (how?: How) => this.#run(['plan', '-input=false', '-detailed-exitcode'], how)

  #remove(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }

  async #run(command: string[], { environment, onStart }: How = {}): Promise<void> {
    const running = promisify(execFile)('terraform', [...command, '-no-color'], {
      cwd: this.#directory,
      env: { ...this.#environment, ...environment },
      maxBuffer: 64 * 1024 * 1024,
    })
    onStart?.(running.child.pid as number)
    await running
  }
}

/** What is different for one command. */
export interface How {
  readonly environment?: NodeJS.ProcessEnv
  /** Told the process id of Terraform, whose children the providers are. */
  readonly onStart?: (pid: number) => void
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
