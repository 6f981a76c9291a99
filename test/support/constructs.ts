import { createRequire } from 'node:module'
import { join } from 'node:path'
import { inject } from 'vitest'
import type * as Cdk from 'cdktn'
import type * as Constructs from 'constructs'
import type * as Agyn from '../../cdktf-provider/constructs/index.ts'
import { frameworks, type Framework } from '../../scripts/constructs-packages.ts'

/** What a user's stack imports, for one framework. */
export interface Installed {
  readonly framework: Framework
  /** The project that it is installed in. */
  readonly directory: string
  readonly cdk: typeof Cdk
  readonly constructs: typeof Constructs
  readonly agyn: typeof Agyn
}

/** The packages as they are installed from their tarballs, in an empty project each. */
export const installed: readonly Installed[] = frameworks.map((framework) => {
  const directory = inject('constructs')[framework]
  const load = createRequire(join(directory, 'package.json'))
  return {
    framework,
    directory,
    cdk: load(framework) as typeof Cdk,
    constructs: load('constructs') as typeof Constructs,
    agyn: load(`@agyn/${framework}-provider`) as typeof Agyn,
  }
})
