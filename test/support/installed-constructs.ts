import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { frameworks, tarball, type Framework } from '../../scripts/build-constructs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A project of each framework with its package installed, by framework. */
    constructs: Readonly<Record<Framework, string>>
  }
}

/** What a user's project has beside the package. */
const installedWith = {
  cdktf: ['cdktf@0.21.0', 'constructs@10.7.2'],
  cdktn: ['cdktn@0.24.0', 'constructs@10.7.2'],
} as const satisfies Record<Framework, readonly string[]>

/** Installs both packages from their tarballs, each in an empty project, as users have them. */
export default function setup({ provide }: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'agyn-constructs-'))
  const install = (framework: Framework): [Framework, string] => {
    const project = mkdtempSync(join(directory, `${framework}-`))
    writeFileSync(join(project, 'package.json'), '{ "private": true }\n')
    const packages = [tarball(framework), ...installedWith[framework]]
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    execFileSync('npm', ['install', ...quiet, ...packages], { cwd: project, stdio: 'pipe' })
    return [framework, project]
  }
  provide('constructs', Object.fromEntries(frameworks.map(install)) as Record<Framework, string>)
  return () => rmSync(directory, { recursive: true, force: true })
}
