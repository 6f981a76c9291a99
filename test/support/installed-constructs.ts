import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { frameworks, type Framework } from '../../scripts/constructs-packages.ts'
import { installConstructs } from '../../scripts/install-constructs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A project of each framework with its package installed, by framework. */
    constructs: Readonly<Record<Framework, string>>
  }
}

/** Installs both packages from their tarballs, each in an empty project, as users have them. */
export default function setup({ provide }: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'agyn-constructs-'))
  const install = (framework: Framework): [Framework, string] => {
    const project = mkdtempSync(join(directory, `${framework}-`))
    installConstructs(framework, project)
    return [framework, project]
  }
  provide('constructs', Object.fromEntries(frameworks.map(install)) as Record<Framework, string>)
  return () => rmSync(directory, { recursive: true, force: true })
}
