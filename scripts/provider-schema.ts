import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agyn, bundleProvider, writeToMirror } from './bundle-provider.ts'

/** A block as Terraform describes it, as far as it is read here. */
export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, SchemaAttribute>>
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>
}

export interface SchemaAttribute {
  readonly sensitive?: boolean
  readonly write_only?: boolean
  readonly nested_type?: { readonly attributes: Readonly<Record<string, SchemaAttribute>> }
}

type Blocks = Readonly<Record<string, { readonly block: SchemaBlock }>>

/** What `terraform providers schema -json` says of one provider. */
export interface ProviderSchema {
  readonly provider: { readonly block: SchemaBlock }
  readonly resource_schemas: Blocks
  readonly data_source_schemas: Blocks
  readonly ephemeral_resource_schemas: Blocks
}

/** The answer of `terraform providers schema -json`: providers by address. */
export interface ProviderSchemas {
  readonly format_version: string
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>
}

/** Bundles the provider as it is, installs it from a mirror and asks Terraform for its schema. */
export async function readProviderSchema(): Promise<ProviderSchemas> {
  const directory = mkdtempSync(join(tmpdir(), 'agyn-schema-'))
  try {
    const mirror = join(directory, 'mirror')
    const platforms = [`${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`]
    writeToMirror(await bundleProvider(agyn), { ...agyn, mirror, platforms })
    const config = join(directory, 'terraformrc')
    const quoted = JSON.stringify(mirror)
    writeFileSync(
      config,
      `provider_installation {\n  filesystem_mirror {\n    path = ${quoted}\n  }\n}\n`,
    )
    writeFileSync(
      join(directory, 'main.tf'),
      'terraform {\n  required_providers {\n    agyn = { source = "agynio/agyn" }\n  }\n}\n',
    )
    const terraform = (...args: readonly string[]) =>
      execFileSync('terraform', args, {
        cwd: directory,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        env: {
          PATH: process.env['PATH'],
          HOME: directory,
          TF_CLI_CONFIG_FILE: config,
          CHECKPOINT_DISABLE: '1',
        },
      })
    terraform('init')
    return JSON.parse(terraform('providers', 'schema', '-json')) as ProviderSchemas
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
