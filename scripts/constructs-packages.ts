// Prevents the packages of constructs from being looked for where they are not: what they are, and where
// the build leaves them. Apart from the build, which loads a compiler.
import { join } from 'node:path'
import { VERSION } from '../cdktf-provider/provider/gen/version.ts'

export const frameworks = ['cdktf', 'cdktn'] as const

export type Framework = (typeof frameworks)[number]

/** Each package by the name of its framework, with its tarball beside it. */
export const built = join(import.meta.dirname, '../dist/constructs')

/** What `npm pack` leaves for a framework. */
export const tarball = (framework: Framework): string =>
  join(built, `agyn-${framework}-provider-${VERSION}.tgz`)
