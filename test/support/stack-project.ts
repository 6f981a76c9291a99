import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { inject } from 'vitest'
import type { Framework } from '../../scripts/build-constructs.ts'

const modules = join(import.meta.dirname, '../../node_modules')

/** A user's project: a directory with a package.json. What that names is installed, and nothing else. */
export class StackProject {
  readonly directory: string

  /** Takes the package of constructs as it was packed, and the tools from this repository. */
  constructor(directory: string, framework: Framework) {
    this.directory = directory
    const places = [join(inject('constructs')[framework], 'node_modules'), modules]
    for (const name of this.#dependencies()) {
      const place = places.find((each) => existsSync(join(each, name)))
      if (place === undefined) throw new Error(`${name} is not installed.`)
      link(join(place, name), join(directory, 'node_modules', name))
    }
  }

  /** Runs a script of its package.json, and answers what it printed; it fails with what it said. */
  npm(...args: readonly string[]): Promise<string> {
    const env = {
      PATH: `${join(modules, '.bin')}${delimiter}${process.env['PATH']}`,
      HOME: this.directory,
      TMPDIR: tmpdir(),
      NO_COLOR: '1',
      npm_config_update_notifier: 'false',
      npm_config_logs_max: '0',
    }
    return new Promise((resolve, reject) => {
      const options = { cwd: this.directory, env }
      execFile('npm', ['run', '--silent', ...args], options, (error, stdout, stderr) =>
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
