import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { App, AppConfig, TerraformStack } from 'cdktn'
import type { Installed } from './constructs.ts'

/** A stack as a user begins one. */
export interface Begun {
  readonly app: App
  readonly stack: TerraformStack
}

/** An app that writes to a directory of its own, and a stack in it that has the Terraform provider. */
export function begin(packages: Installed, config: AppConfig = {}): Begun {
  const app = newApp(packages, config)
  return { app, stack: addStack(packages, app, 'stack') }
}

export function newApp({ cdk }: Installed, config: AppConfig = {}): App {
  const outdir = mkdtempSync(join(tmpdir(), 'agyn-stacks-'))
  onTestFinished(() => rmSync(outdir, { recursive: true, force: true }))
  return new cdk.App({ outdir, context: targetVersions, ...config })
}

/** What CDK Terrain asks of a project that uses write-only arguments. */
export const targetVersions = { targetVersions: { terraform: '>=1.11' } }

export function addStack(
  { cdk, agyn }: Installed,
  app: App | TerraformStack,
  id: string,
): TerraformStack {
  const stack = new cdk.TerraformStack(app, id)
  new agyn.AgynProvider(stack, 'agyn')
  return stack
}

/** What the stack renders, without metadata, when nothing in it is refused. */
export const rendered = ({ cdk }: Installed, stack: TerraformStack): Rendered =>
  JSON.parse(cdk.Testing.synth(stack, true)) as Rendered

/** Terraform's JSON, as far as tests look into it. */
export interface Rendered {
  readonly provider: Readonly<Record<string, readonly Block[]>>
  readonly resource: Blocks
  readonly data: Blocks
  readonly ephemeral: Blocks
  readonly variable: Readonly<Record<string, Block>>
}

export type Block = Readonly<Record<string, unknown>>
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>

/** The one block of a type. */
export function only(blocks: Readonly<Record<string, Block>> | undefined): Block {
  const [block, ...others] = Object.values(blocks ?? {})
  if (block === undefined || others.length > 0) {
    throw new Error(`There are ${Object.keys(blocks ?? {}).length} blocks, not one.`)
  }
  return block
}

/** Everything that a synth of the app refuses: `[path] sentence` each. None when it passes. */
export function refusals(app: App): readonly string[] {
  try {
    app.synth()
  } catch (error) {
    return linesOf(error)
  }
  return []
}

/** The complaints in an error of a framework, without its own words around them. */
export function linesOf(error: unknown): readonly string[] {
  const { message } = error as Error
  const lines = [...message.matchAll(/^ *(\[.*?\] .*)$/gm)].map(([, line = '']) => line)
  if (lines.length === 0) throw error
  return lines
}

/** Warnings and the like that the manifest tells the command line of, as `[path] sentence`. */
export function annotations(app: App): readonly string[] {
  app.synth()
  const { stacks } = JSON.parse(readFileSync(join(app.outdir, 'manifest.json'), 'utf8')) as Manifest
  return Object.values(stacks)
    .flatMap((stack) => stack.annotations)
    .map(({ constructPath, message }) => `[${constructPath}] ${message}`)
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly annotations: readonly Readonly<Record<string, string>>[] }>
  >
}

/** The text of every file below a directory. */
export const textsBelow = (directory: string): string =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
