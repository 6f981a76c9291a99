import type { Attributes } from '../../cdktf-provider/plugin/framework/attributes.ts'
import type { Provider } from '../../cdktf-provider/plugin/framework/provider.ts'
import { functionPage } from './function-page.ts'
import { importSection, type ReadExample } from './import-section.ts'
import { fenced, frontMatter } from './markdown.ts'
import { schemaSection } from './schema-section.ts'

/**
 * The pages of a provider as Terraform's registry wants them, by their path. Their layout is that of
 * https://github.com/hashicorp/terraform-plugin-docs, which reads the same folders of examples; they
 * say more than its own, because a definition here also knows defaults and what replaces a resource.
 */
export function docPages(provider: Provider, example: ReadExample): ReadonlyMap<string, string> {
  const { name, resources, dataSources, ephemeralResources = [], functions = [] } = provider
  const kinds = [
    { kind: 'Resource', folder: 'resources', file: 'resource.tf', all: resources },
    { kind: 'Data Source', folder: 'data-sources', file: 'data-source.tf', all: dataSources },
    {
      kind: 'Ephemeral Resource',
      folder: 'ephemeral-resources',
      file: 'ephemeral-resource.tf',
      all: ephemeralResources,
    },
  ]
  const pages = new Map([['index.md', indexPage(provider, example)]])
  for (const { kind, folder, file, all } of kinds) {
    for (const definition of all) {
      // `agyn_secret` is documented in `secret.md`.
      const path = `${folder}/${definition.type.slice(name.length + 1)}.md`
      const at = `${folder}/${definition.type}`
      const sections = [
        exampleUsage(example(`${at}/${file}`)),
        schemaSection(definition.attributes),
        ...(kind === 'Resource' ? [importSection(at, example)] : []),
      ]
      pages.set(path, page({ provider: name, kind, definition, sections }))
    }
  }
  for (const each of functions) {
    const usage = exampleUsage(example(`functions/${each.name}/function.tf`))
    pages.set(`functions/${each.name}.md`, functionPage(name, each, usage))
  }
  return pages
}

function indexPage(provider: Provider, example: ReadExample): string {
  const { name, description, attributes } = provider
  return `${frontMatter({ title: `${name} Provider`, description })}

# ${name} Provider

${description}

${exampleUsage(example('provider/provider.tf'))}

${schemaSection(attributes as Attributes)}
`
}

function page(options: {
  readonly provider: string
  readonly kind: string
  readonly definition: { readonly type: string; readonly description: string }
  readonly sections: readonly string[]
}): string {
  const { provider, kind, sections } = options
  const { type, description } = options.definition
  const title = `${type} ${kind} - terraform-provider-${provider}`
  return `${frontMatter({ title, subcategory: '', description })}

# ${type} (${kind})

${description}

${sections.join('\n\n')}
`
}

const exampleUsage = (code: string | null): string =>
  code === null ? '' : `## Example Usage\n\n${fenced('terraform', code)}`
