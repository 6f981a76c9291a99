// Prevents the Terraform provider from knowing other config fields than the API: writes the attributes
// of `config`, and the block of each provider type, from the contract's provider types. They are
// generated, and not imported, because the provider starts without zod.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  fieldsOf,
  providerTypeNames,
  providerTypes,
  type ProviderType,
} from '../contract/schemas/provider-types/index.ts'
import { toSnakeCase } from '../cdktf-provider/provider/case.ts'
import { builderOf, mergeConfigFields, wordsOf } from './merge-config-fields.ts'

interface Argument {
  readonly key: string
  readonly builder: 'number' | 'text'
  readonly description: string
  readonly sensitive: boolean
  readonly required: boolean
}

/** The attribute, and beside a sensitive one its write-only twin. */
function argument({ key, builder, description, sensitive, required }: Argument): string {
  const name = toSnakeCase(key)
  const words = JSON.stringify(
    description.replace(/`(\w+)`/g, (_, word) => `\`${toSnakeCase(word)}\``),
  )
  const presence = required
    ? 'required()'
    : sensitive
      ? 'optional({ sensitive: true })'
      : 'optional()'
  const twin = JSON.stringify(
    `The same as \`${name}\`, which never stands in state or plan. It is sent when the provider is made and when \`config_wo_version\` changes.`,
  )
  return [
    `${name}: ${builder}(${words}).${presence},`,
    ...(sensitive ? [`${name}_wo: ${builder}(${twin}).writeOnly(),`] : []),
  ].join('\n')
}

const merged = mergeConfigFields(
  Object.fromEntries(providerTypeNames.map((type) => [type, fieldsOf(type)])),
)

const attributes = merged.map(({ descriptions, ...field }) =>
  argument({ ...field, description: descriptions.join(' '), required: false }),
)

const block = (type: ProviderType): string => {
  const fields = fieldsOf(type).map((field) =>
    argument({
      key: field.key,
      builder: builderOf(field),
      description: wordsOf(field),
      sensitive: field.sensitive ?? false,
      // A credential may come by its twin, and be left out of an import.
      required: field.required && !field.when && !field.sensitive,
    }),
  )
  const words = `Settings of ${providerTypes[type].name}, in place of \`config\`. Terraform refuses a misspelt argument here.`
  return `${type.replaceAll('-', '_')}: object(${JSON.stringify(words)}, {\n${fields.join('\n')}\n}).block(),`
}

const fields = merged.map(({ key, sensitive, destination, default: otherwise }) => {
  return `${toSnakeCase(key)}: ${JSON.stringify({ key, sensitive, destination, default: otherwise })},`
})

const file = fileURLToPath(
  new URL('../cdktf-provider/provider/gen/config-attributes.ts', import.meta.url),
)
writeFileSync(
  file,
  `// Generated from contract/schemas/provider-types by \`npm run generate\`. Do not edit.
import { number, object, text } from '../../plugin/index.ts'

/** Every field of every provider type. Which of them a type takes is checked at plan. */
export const configAttributes = {
${attributes.join('\n')}
}

/** The fields of each type alone, as a block that is named after it. */
export const configBlocks = {
${providerTypeNames.map(block).join('\n')}
}

/** Every kind of secret provider. */
export const providerTypes = ${JSON.stringify(providerTypeNames)} as const

/** What the API calls each field, and what it is. */
export const configFields = {
${fields.join('\n')}
} as const
`,
)
