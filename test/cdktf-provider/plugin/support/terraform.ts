import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Terraform finds the shelf, and the block that configures it. */
export const shelfAddress = 'example.com/test/shelf'
export const shelfProvider = 'provider "shelf" {\n file = "${abspath(path.module)}/shelf.json"\n}\n'

export interface Run {
  readonly code: number
  /** stdout and stderr as the user reads them, lines unwrapped. */
  readonly output: string
}

/** A directory with a configuration, in which the real `terraform` runs apart from everything else. */
export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), 'tf-'))
  readonly #environment: NodeJS.ProcessEnv

  /** With `mirror` Terraform installs providers from there; else give `TF_REATTACH_PROVIDERS`. */
  constructor(options: { mirror?: string; environment?: NodeJS.ProcessEnv } = {}) {
    const installation = options.mirror
      ? `provider_installation {\n filesystem_mirror {\n path = ${JSON.stringify(options.mirror)}\n }\n}`
      : ''
    writeFileSync(this.path('terraformrc'), `disable_checkpoint = true\n${installation}\n`)
    this.#environment = {
      PATH: process.env['PATH'],
      TMPDIR: tmpdir(),
      TF_CLI_CONFIG_FILE: this.path('terraformrc'),
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
      ...options.environment,
    }
  }

  path(name: string): string {
    return join(this.directory, name)
  }

  write(configuration: string): this {
    writeFileSync(this.path('main.tf'), `${required}\n${configuration}`)
    return this
  }

  /** Writes a configuration in the place of the one before, with the block of the shelf. */
  configure(configuration: string): this {
    return this.write(`${shelfProvider}${configuration}`)
  }

  /** The attributes of a resource in the state file. */
  state(type: string): Record<string, unknown> | undefined {
    const state = JSON.parse(this.read('terraform.tfstate')) as StateFile
    const found = state.resources.find((each) => each.mode === 'managed' && each.type === type)
    return found?.instances[0]?.attributes
  }

  /** Writes a state that something else left: objects of types, by the provider's address. */
  forge(...objects: readonly ForgedObject[]): this {
    const resources = objects.map(
      ({ provider = shelfAddress, type, version = 0, ...instance }) => ({
        mode: 'managed',
        type,
        name: 'a',
        provider: `provider["${provider}"]`,
        instances: [{ schema_version: version, ...instance }],
      }),
    )
    const state = { version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'x', resources }
    writeFileSync(this.path('terraform.tfstate'), JSON.stringify(state))
    return this
  }

  /** A file of the workspace; what was not written is empty. */
  read(name: string): string {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : ''
  }

  async run(...args: readonly string[]): Promise<Run> {
    const { code, stdout, stderr } = await this.raw(...args, '-no-color')
    return { code, output: `${stdout}${stderr}`.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ') }
  }

  raw(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const options = { ...this.#options(), maxBuffer: 64 << 20 }
    return new Promise((resolve) => {
      execFile('terraform', [...args], options, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
      })
    })
  }

  /** Starts it as the leader of a process group, which a terminal's Ctrl-C would reach as a whole. */
  start(...args: readonly string[]): ChildProcess {
    return spawn('terraform', [...args, '-no-color'], { ...this.#options(), detached: true })
  }

  apply(...args: readonly string[]): Promise<Run> {
    return this.run('apply', '-auto-approve', '-input=false', ...args)
  }

  /** Applies, and throws with what Terraform said when that fails or when a second plan is not empty. */
  async applied(): Promise<Run> {
    const run = await this.apply()
    if (run.code !== 0) throw new Error(run.output)
    const second = await this.plan()
    if (second.code !== 0) throw new Error(`the second plan is not empty: ${second.output}`)
    return run
  }

  /** Code 0: nothing to do; 1: failed; 2: there is something to do. */
  plan(...args: readonly string[]): Promise<Run> {
    return this.run('plan', '-input=false', '-detailed-exitcode', ...args)
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }

  #options() {
    return { cwd: this.directory, env: this.#environment }
  }
}

interface ForgedObject {
  readonly provider?: string
  readonly type: string
  /** Of its schema. */
  readonly version?: number
  readonly attributes: Readonly<Record<string, unknown>>
  /** Base64. */
  readonly private?: string
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string
    readonly type: string
    readonly instances: readonly { readonly attributes: Record<string, unknown> }[]
  }[]
}

const required = `terraform {
  required_providers {
    shelf = { source = "${shelfAddress}" }
  }
}`
