// Prevents the packages of constructs from being tried where they were built, with this repository's
// modules within reach: installs them as users do, from what was packed.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tarball, type Framework } from './constructs-packages.ts'

/** Makes an empty directory a project that has the package of a framework, and what that asks for. */
export function installConstructs(framework: Framework, directory: string): void {
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n')
  const packages = [tarball(framework), ...peers[framework]]
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['install', ...quiet, ...packages], { cwd: directory, stdio: 'pipe' })
}

/** What a user's project has beside the package. */
const peers = {
  cdktf: ['cdktf@0.21.0', 'constructs@10.7.2'],
  cdktn: ['cdktn@0.24.0', 'constructs@10.7.2'],
} as const satisfies Record<Framework, readonly string[]>
