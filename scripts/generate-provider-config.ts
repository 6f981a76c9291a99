// Prevents the Terraform provider from knowing other config fields than the API: writes the attributes
// of `config` from the contract's provider types. They are generated, and not imported, because the
// provider starts without zod.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fieldsOf, providerTypeNames } from '../contract/schemas/provider-types/index.ts'
import type { ConfigField } from '../contract/schemas/provider-types/provider-type.ts'
import { toSnakeCase } from '../cdktf-provider/provider/case.ts'

interface Merged {
  readonly field: ConfigField
  readonly descriptions: string[]
}

const merged = new Map<string, Merged>()
for (const type of providerTypeNames) {
  for (const field of fieldsOf(type)) {
    const same = merged.get(field.key) ?? { field, descriptions: [] }
    same.descriptions.push(`\`${type}\`: ${field.help ?? field.label}`)
    merged.set(field.key, same)
  }
}

const attributes = [...merged.values()].map(({ field, descriptions }) => {
  const builder = typeof field.options?.[0] === 'number' ? 'number' : 'text'
  const marks = field.sensitive ? '{ sensitive: true }' : ''
  return `  ${toSnakeCase(field.key)}: ${builder}(${JSON.stringify(descriptions.join(' '))}).optional(${marks}),`
})
const fields = [...merged.values()].map(({ field }) => {
  const { key, sensitive = false, destination = false, default: otherwise = null } = field
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

/** What the API calls each field, and what it is. */
export const configFields = {
${fields.join('\n')}
} as const
`,
)
