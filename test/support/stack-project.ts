import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import type { Framework } from '../../scripts/constructs-packages.ts'

const root = join(import.meta.dirname, '../..')
const tools = join(root, 'node_modules')

/** A user's project: a directory with a package.json. What that names is installed, and nothing else. */
export class StackProject {
  readonly directory: string

  /** Copies an example of this repository, without what somebody left there who ran it. */
  static ofExample(directory: string, framework: Framework): StackProject {
    const left = /\/(node_modules|cdktf\.out|package-lock\.json|[^/]*\.tfstate[^/]*)$/
    const filter = (file: string) => !left.test(file)
    cpSync(join(root, 'examples', framework), directory, { recursive: true, filter })
    return new StackProject(directory, framework)
  }

  /** Installs the package of constructs as it was packed, and the tools from this repository. */
  constructor(directory: string, framework: Framework) {
    this.directory = directory
    const modules = join(directory, 'node_modules')
    rmSync(modules, { recursive: true, force: true })
    const places = [join(inject('constructs')[framework], 'node_modules'), tools]
    for (const name of this.#dependencies()) {
      const place = places.find((each) => existsSync(join(each, name)))
      if (place === undefined) throw new Error(`${name} is not installed.`)
      link(join(place, name), join(modules, name))
    }
    link(join(tools, '.bin'), join(modules, '.bin'))
  }

  /** Runs commands as a shell does, and answers what they printed; it fails with what they said. */
  run(commands: string): Promise<string> {
    const env = {
      PATH: process.env['PATH'],
      HOME: this.directory,
      // What an app of `Testing` leaves behind, too.
      TMPDIR: this.directory,
      NO_COLOR: '1',
      npm_config_loglevel: 'silent',
      npm_config_update_notifier: 'false',
      npm_config_logs_max: '0',
    }
    return new Promise((resolve, reject) => {
      const options = { cwd: this.directory, env }
      execFile('sh', ['-ec', commands], options, (error, stdout, stderr) =>
        error ? reject(new Error(`${stdout}${stderr}`)) : resolve(stdout),
      )
    })
  }

  #dependencies(): string[] {
    const text = readFileSync(join(this.directory, 'package.json'), 'utf8')
    const { dependencies, devDependencies } = JSON.parse(text) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >
    return Object.keys({ ...dependencies, ...devDependencies })
  }
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}
