import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endProcess, startProcess } from '../child-process.ts'

export const findTerraform = (): boolean =>
  spawnSync('terraform', ['version'], { env: { ...process.env, TF_CLI_CONFIG_FILE: '' } })
    .status === 0

export interface TerraformOptions {
  readonly example: string
  /** Where the example is copied to and its state is kept. */
  readonly directory: string
  readonly mirror: string
  /** The example's variables; undefined leaves its Vault part out. */
  readonly variables: Readonly<Record<string, string>> | undefined
  readonly environment: Readonly<Record<string, string>>
  /** Interrupts a command that is under way. It rejects when Terraform has ended, its state written. */
  readonly signal: AbortSignal
}

/** Terraform on a copy of the example, with the provider that was built here. */
export class Terraform {
  readonly #directory: string
  readonly #environment: NodeJS.ProcessEnv
  readonly #signal: AbortSignal

  constructor(options: TerraformOptions) {
    const { example, directory, mirror, variables, environment, signal } = options
    this.#directory = directory
    this.#signal = signal
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    for (const file of readdirSync(directory)) {
      if (file.endsWith('.tf')) rmSync(join(directory, file))
    }
    for (const file of readdirSync(example)) {
      const wanted = file.endsWith('.tf') && (variables !== undefined || file !== 'vault.tf')
      if (wanted) copyFileSync(join(example, file), join(directory, file))
    }
    const config = join(directory, 'terraform.rc')
    writeFileSync(
      config,
      `provider_installation {\n  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = ["agynio/agyn"]\n  }\n}\n`,
    )
    this.#environment = {
      ...withoutTerraform(process.env),
      ...environment,
      TF_CLI_CONFIG_FILE: config,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_VAR_stripe_api_key: 'not-a-real-key-of-the-quickstart',
      ...Object.fromEntries(
        Object.entries(variables ?? {}).map(([name, value]) => [`TF_VAR_${name}`, value]),
      ),
    }
  }

  async init(): Promise<void> {
    // A rebuilt provider of the same version has another hash than the lock file knows.
    rmSync(join(this.#directory, '.terraform.lock.hcl'), { force: true })
    await this.#run('init')
  }

  /** Answers Terraform's own summary of what it did. */
  async apply(): Promise<string> {
    const said = await this.#run('apply', '-auto-approve')
    return /^Apply complete!.*$/m.exec(said)?.[0] ?? 'Applied.'
  }

  async organizationId(): Promise<string> {
    return (await this.#run('output', '-raw', 'organization_id')).trim()
  }

  async requireNoChanges(): Promise<void> {
    await this.#run('plan', '-detailed-exitcode')
  }

  async #run(command: string, ...options: string[]): Promise<string> {
    const colorless = command === 'output' ? [] : ['-no-color', '-input=false']
    this.#signal.throwIfAborted()
    const child = startProcess('terraform', [command, ...colorless, ...options], {
      cwd: this.#directory,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    // Once: at a second one Terraform drops everything, its state included.
    const interrupt = () => void endProcess(child, { signal: 'SIGINT', patienceMs: 60_000 })
    this.#signal.addEventListener('abort', interrupt, { once: true })
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    this.#signal.removeEventListener('abort', interrupt)
    this.#signal.throwIfAborted()
    if (code === 0) return said
    throw new Error(`terraform ${command} failed. It said:\n\n${said.trim()}`)
  }
}

/** Variables of the caller's own work with Terraform have no place in this one. */
const withoutTerraform = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(TF_|AGYN_)/.test(name)))
