// Prevents a credential of one provider type from being printed because another type has a field of the
// same name that is none: both are one attribute in Terraform, so they must agree on what it is.
import type { ConfigField } from '../contract/schemas/provider-types/provider-type.ts'

export interface MergedField {
  readonly key: string
  readonly builder: 'number' | 'text'
  readonly sensitive: boolean
  readonly destination: boolean
  readonly default: string | number | null
  /** What each type says of it. */
  readonly descriptions: readonly string[]
}

/** One field for each key of all types; throws when two mean different things by it. */
export function mergeConfigFields(
  types: Readonly<Record<string, readonly ConfigField[]>>,
): MergedField[] {
  const merged = new Map<string, MergedField & { readonly type: string }>()
  for (const [type, fields] of Object.entries(types)) {
    for (const field of fields) {
      const first = merged.get(field.key) ?? { ...factsOf(field), type, descriptions: [] }
      const facts = factsOf(field)
      for (const fact of ['builder', 'sensitive', 'destination', 'default'] as const) {
        if (facts[fact] === first[fact]) continue
        const told = `${fact} ${first[fact]} in ${first.type} and ${facts[fact]} in ${type}`
        throw new Error(`The config field \`${field.key}\` has ${told}: give one another name.`)
      }
      const description = `\`${type}\`: ${field.help ?? field.label}`
      merged.set(field.key, { ...first, descriptions: [...first.descriptions, description] })
    }
  }
  return [...merged.values()]
}

const factsOf = (field: ConfigField): Omit<MergedField, 'descriptions'> => ({
  key: field.key,
  builder: typeof field.options?.[0] === 'number' ? 'number' : 'text',
  sensitive: field.sensitive ?? false,
  destination: field.destination ?? false,
  default: field.default ?? null,
})
