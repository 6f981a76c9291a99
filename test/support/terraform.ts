import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the build leaves the provider. */
const mirror = join(import.meta.dirname, '../../dist/terraform-mirror')

export interface Run {
  readonly code: number
  /** stdout and stderr as the user reads them, on one line. */
  readonly output: string
  /** The same, as it came. */
  readonly raw: string
}

/** What a plan does to one resource. */
export interface PlannedChange {
  readonly actions: readonly string[]
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
  readonly unknown: Readonly<Record<string, unknown>>
}

export type Attributes = Readonly<Record<string, unknown>>

/**
 * The real `terraform`, in a directory and an environment of its own; or what `AGYN_TEST_TERRAFORM` names
 * in its place, such as `tofu` or another version.
 */
export class Terraform {
  readonly directory = mkdtempSync(join(tmpdir(), 'agyn-terraform-'))
  readonly #environment: NodeJS.ProcessEnv
  #folder = '.'

  /** With `TF_REATTACH_PROVIDERS` it uses a provider that runs already; else it installs the built one. */
  constructor(environment: NodeJS.ProcessEnv = {}) {
    if (!environment['TF_REATTACH_PROVIDERS'] && !existsSync(mirror)) {
      throw new Error('The Terraform provider is not built: run `npm run build`.')
    }
    writeFileSync(
      this.path('terraformrc'),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    )
    // Nothing is inherited: no AGYN_*, no TF_*, no configuration of whoever runs the tests.
    this.#environment = {
      PATH: process.env['PATH'],
      HOME: this.directory,
      TMPDIR: tmpdir(),
      TF_CLI_CONFIG_FILE: this.path('terraformrc'),
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      ...environment,
    }
  }

  path(name: string): string {
    return join(this.directory, name)
  }

  /** Writes a configuration, in the place of the one before. */
  write(configuration: string, file = 'main.tf'): this {
    writeFileSync(this.path(file), configuration)
    return this
  }

  set(environment: NodeJS.ProcessEnv): this {
    Object.assign(this.#environment, environment)
    return this
  }

  /** Runs it in a folder of its directory from now on, as after `cd`. */
  within(folder: string): this {
    this.#folder = folder
    return this
  }

  run(...args: readonly string[]): Promise<Run> {
    const options = { ...this.#options(), maxBuffer: 256 * 1024 * 1024 }
    return new Promise((resolve, reject) => {
      execFile(program(), [...args], options, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') return reject(error)
        const raw = `${stdout}${stderr}`
        const output = raw.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ')
        resolve({ code: Number(error?.code ?? 0), output, raw })
      })
    })
  }

  /** Starts it as the leader of a process group, which a terminal's Ctrl-C would reach as a whole. */
  start(...args: readonly string[]): ChildProcess {
    return spawn(program(), [...args], { ...this.#options(), detached: true })
  }

  init(): Promise<Run> {
    return this.run('init', '-no-color')
  }

  /** Code 0: nothing to do; 1: failed; 2: there is something to do. */
  plan(...args: readonly string[]): Promise<Run> {
    return this.run('plan', '-no-color', '-detailed-exitcode', ...args)
  }

  apply(...args: readonly string[]): Promise<Run> {
    return this.run('apply', '-no-color', '-auto-approve', ...args)
  }

  destroy(...args: readonly string[]): Promise<Run> {
    return this.run('destroy', '-no-color', '-auto-approve', ...args)
  }

  import(address: string, id: string): Promise<Run> {
    return this.run('import', '-no-color', address, id)
  }

  /** Applies, and throws with what Terraform said when that fails or when a second plan is not empty. */
  async applied(configuration?: string): Promise<Run> {
    if (configuration !== undefined) this.write(configuration)
    const run = await this.apply()
    if (run.code !== 0) throw new Error(`terraform apply failed:\n${run.raw}`)
    const second = await this.plan()
    if (second.code !== 0) throw new Error(`the second plan is not empty:\n${second.raw}`)
    return run
  }

  /** What a plan would do, by address; what it would not touch is left out. */
  async planned(): Promise<Readonly<Record<string, PlannedChange>>> {
    const run = await this.plan('-out=plan')
    if (run.code === 1) throw new Error(`terraform plan failed:\n${run.raw}`)
    const shown = JSON.parse((await this.run('show', '-json', 'plan')).raw) as ShownPlan
    const changes = (shown.resource_changes ?? [])
      .filter(({ change }) => change.actions.join() !== 'no-op')
      .map(({ address, change: { actions, before, after, after_unknown } }) => {
        const planned: PlannedChange = { actions, before, after, unknown: after_unknown }
        return [address, planned] as const
      })
    return Object.fromEntries(changes)
  }

  /** The attributes of a resource in state, such as of `agyn_secret.stripe`. */
  state(address: string): Attributes | undefined {
    const [type, name] = address.split('.')
    return this.#resources().find((each) => each.type === type && each.name === name)?.instances[0]
      ?.attributes
  }

  /** The attributes of every resource of a type in state. */
  states(type: string): readonly Attributes[] {
    return this.#resources()
      .filter((each) => each.type === type)
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes))
  }

  /** Everything that it leaves in its directory: state, its backup, a plan that was saved. */
  leftBehind(): string {
    return readdirSync(this.directory)
      .filter((name) => /tfstate|^plan$/.test(name))
      .map((name) => readFileSync(this.path(name), 'latin1'))
      .join()
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }

  #resources(): StateFile['resources'] {
    const file = this.path('terraform.tfstate')
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StateFile).resources : []
  }

  #options() {
    return { cwd: this.path(this.#folder), env: this.#environment }
  }
}

const program = (): string => process.env['AGYN_TEST_TERRAFORM'] ?? 'terraform'

interface StateFile {
  readonly resources: readonly {
    readonly type: string
    readonly name: string
    readonly instances: readonly { readonly attributes: Attributes }[]
  }[]
}

interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string
    readonly change: {
      readonly actions: readonly string[]
      readonly before: Attributes | null
      readonly after: Attributes | null
      readonly after_unknown: Attributes
    }
  }[]
}
