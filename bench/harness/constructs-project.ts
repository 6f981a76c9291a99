import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import type { Framework } from '../../scripts/constructs-packages.ts'
import { installConstructs } from '../../scripts/install-constructs.ts'
import type { Workspace } from './figure.ts'
import type { Layer } from './synth-process.ts'

/** A project in which the packed package of a framework is installed, for processes of its own. */
export class ConstructsProject {
  readonly framework: Framework
  readonly #directory = mkdtempSync(join(tmpdir(), 'agyn-bench-constructs-'))

  private constructor(framework: Framework) {
    this.framework = framework
  }

  static async install(workspace: Workspace, framework: Framework): Promise<ConstructsProject> {
    const project = workspace.owning(new ConstructsProject(framework), (it) => it.#remove())
    installConstructs(framework, project.#directory)
    // As JavaScript: what compiles TypeScript on the way also makes each call stack dearer.
    await build({
      entryPoints: [join(import.meta.dirname, 'synth-process.ts')],
      outfile: join(project.#directory, synthProcess),
      ...{ bundle: true, platform: 'node', format: 'cjs' },
    })
    return project
  }

  /** Milliseconds that packages take to load, in a process that has loaded nothing else. */
  async importTime(...packages: readonly string[]): Promise<number> {
    const loads = packages.map((name) => `require(${JSON.stringify(name)})`).join()
    const program = `const began = performance.now(); ${loads}; console.log(performance.now() - began)`
    return Number(await this.#run(process.execPath, ['--eval', program]))
  }

  /** A stack of so many secrets, in a process that has loaded the package: how long it took, and its output. */
  async synth(
    layer: Layer,
    secrets: number,
  ): Promise<{ readonly ms: number; readonly output: string }> {
    const outdir = mkdtempSync(join(this.#directory, 'out-'))
    const parameters = [synthProcess, this.framework, layer, String(secrets), outdir]
    const ms = Number(await this.#run(process.execPath, parameters))
    const output = readFileSync(join(outdir, 'stacks/bench/cdk.tf.json'), 'utf8')
    rmSync(outdir, { recursive: true })
    return { ms, output }
  }

  /** The output of this framework's example, synthesized as its README says. */
  async synthCompany(): Promise<string> {
    const example = join(root, 'examples', this.framework)
    // Beside the package; and without what whoever ran the example has left there.
    for (const file of readdirSync(example).filter((name) => /\.ts$|^cdktf\.json$/.test(name))) {
      cpSync(join(example, file), join(this.#directory, file))
    }
    await this.#run(join(root, 'node_modules/.bin/tsx'), ['main.ts'])
    return readFileSync(join(this.#directory, 'cdktf.out/stacks/company/cdk.tf.json'), 'utf8')
  }

  #remove(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }

  async #run(program: string, parameters: readonly string[]): Promise<string> {
    const place = { cwd: this.#directory, env: { PATH: process.env['PATH'] } }
    return (await promisify(execFile)(program, parameters, place)).stdout
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

const synthProcess = 'synth-process.cjs'
