// Prevents the constructs from knowing another provider than the one they are released with: writes the
// L1 of both frameworks, and the list of sensitive arguments, from the schema that Terraform reads.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  readProviderSchema,
  type ProviderSchemas,
  type SchemaAttribute,
  type SchemaBlock,
} from './provider-schema.ts'

const gen = join(import.meta.dirname, '../cdktf-provider/constructs/gen')

const { format_version, provider_schemas } = await readProviderSchema()
// Without the version that was asked, or every stack would be pinned to that one.
const schemas: ProviderSchemas = { format_version, provider_schemas }

rmSync(gen, { recursive: true, force: true })
mkdirSync(gen, { recursive: true })
writeL1(['cdktf', 'cdktn'])
writeFileSync(join(gen, 'sensitive-arguments.ts'), sensitiveArguments(schemas))

function writeL1(frameworks: readonly string[]): void {
  const directory = mkdtempSync(join(tmpdir(), 'agyn-l1-'))
  const schema = join(directory, 'schema.json')
  writeFileSync(schema, JSON.stringify(schemas))
  for (const framework of frameworks) {
    const script = join(import.meta.dirname, 'generate-l1.ts')
    const args = ['--import', 'tsx', script, framework, schema, join(directory, framework)]
    // They ask `terraform version` when they are loaded, with the user's own settings.
    const env = { PATH: process.env['PATH'], HOME: directory, CHECKPOINT_DISABLE: '1' }
    execFileSync(process.execPath, args, { env })
    const made = join(directory, framework, 'providers/agyn')
    for (const name of readdirSync(made)) {
      if (name === 'lazy-index.ts') continue
      const filter = (path: string) => !path.endsWith('README.md')
      cpSync(join(made, name), join(gen, framework, name), { recursive: true, filter })
    }
  }
  rmSync(directory, { recursive: true, force: true })
}

/** The paths of what no plan shows, by kind of block and its type. */
function sensitiveArguments({ provider_schemas }: ProviderSchemas): string {
  const [schema] = Object.values(provider_schemas)
  if (schema === undefined) throw new Error('Terraform knows no schema of the provider.')
  const table = {
    provider: sensitiveOf({ agyn: schema.provider }),
    resource: sensitiveOf(schema.resource_schemas),
    data: sensitiveOf(schema.data_source_schemas),
    ephemeral: sensitiveOf(schema.ephemeral_resource_schemas),
  }
  return `// Generated from the schema of the provider by \`npm run generate\`. Do not edit.

/** Arguments whose value is a secret, by kind of block and type; a dot leads into a nested one. */
export const sensitiveArguments: Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
> = ${JSON.stringify(table, null, 2)}
`
}

function sensitiveOf(blocks: Readonly<Record<string, { readonly block: SchemaBlock }>>) {
  const found = Object.entries(blocks).map(([type, { block }]) => [type, pathsOf(block)] as const)
  return Object.fromEntries(found.filter(([, paths]) => paths.length > 0))
}

function pathsOf({ attributes = {}, block_types = {} }: SchemaBlock): string[] {
  const nested = Object.entries(block_types).flatMap(([name, { block }]) =>
    pathsOf(block).map((path) => `${name}.${path}`),
  )
  return [...attributePaths(attributes), ...nested]
}

function attributePaths(attributes: Readonly<Record<string, SchemaAttribute>>): string[] {
  return Object.entries(attributes).flatMap(([name, { sensitive, write_only, nested_type }]) => {
    if (sensitive || write_only) return [name]
    return attributePaths(nested_type?.attributes ?? {}).map((path) => `${name}.${path}`)
  })
}
