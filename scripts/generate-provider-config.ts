// Prevents the Terraform provider from knowing other config fields than the API: writes the attributes
// of `config` from the contract's provider types. They are generated, and not imported, because the
// provider starts without zod.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fieldsOf, providerTypeNames } from '../contract/schemas/provider-types/index.ts'
import { toSnakeCase } from '../cdktf-provider/provider/case.ts'
import { mergeConfigFields } from './merge-config-fields.ts'

const merged = mergeConfigFields(
  Object.fromEntries(providerTypeNames.map((type) => [type, fieldsOf(type)])),
)
const attributes = merged.map(({ key, builder, sensitive, descriptions }) => {
  const marks = sensitive ? '{ sensitive: true }' : ''
  return `  ${toSnakeCase(key)}: ${builder}(${JSON.stringify(descriptions.join(' '))}).optional(${marks}),`
})
const fields = merged.map(({ key, sensitive, destination, default: otherwise }) => {
  return `  ${toSnakeCase(key)}: ${JSON.stringify({ key, sensitive, destination, default: otherwise })},`
})

writeFileSync(
  fileURLToPath(new URL('../cdktf-provider/provider/gen/config-attributes.ts', import.meta.url)),
  `// Generated from contract/schemas/provider-types by \`npm run generate\`. Do not edit.
import { number, text } from '../../plugin/index.ts'

/** Every field of every provider type. Which of them a type takes is checked at plan. */
export const configAttributes = {
${attributes.join('\n')}
}

/** Every kind of secret provider. */
export const providerTypes = ${JSON.stringify(providerTypeNames)} as const

/** What the API calls each field, and what it is. */
export const configFields = {
${fields.join('\n')}
} as const
`,
)
