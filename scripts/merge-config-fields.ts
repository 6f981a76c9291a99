// Prevents a credential of one provider type from being printed because another type has a field of the
// same name that is none: both are one attribute in Terraform, so they must agree on what it is.
import type { ConfigField } from '../contract/schemas/provider-types/provider-type.ts'

export interface MergedField {
  readonly key: string
  readonly builder: 'number' | 'text'
  readonly sensitive: boolean
  readonly destination: boolean
  readonly default: string | number | null
  /** What the types say of it: those that say the same together. */
  readonly descriptions: readonly string[]
}

/** One field for each key of all types; throws when two mean different things by it. */
export function mergeConfigFields(
  types: Readonly<Record<string, readonly ConfigField[]>>,
): MergedField[] {
  const merged = new Map<string, Merging>()
  for (const [type, fields] of Object.entries(types)) {
    for (const field of fields) {
      const facts = factsOf(field)
      const first = merged.get(field.key) ?? { ...facts, type, said: new Map() }
      for (const fact of ['builder', 'sensitive', 'destination', 'default'] as const) {
        if (facts[fact] === first[fact]) continue
        const told = `${fact} ${first[fact]} in ${first.type} and ${facts[fact]} in ${type}`
        throw new Error(`The config field \`${field.key}\` has ${told}: give one another name.`)
      }
      const words = wordsOf(field)
      first.said.set(words, [...(first.said.get(words) ?? []), type])
      merged.set(field.key, first)
    }
  }
  return [...merged.values()].map(({ type: _, said, ...facts }) => ({
    ...facts,
    descriptions: [...said].map(
      ([words, by]) => `${by.map((type) => `\`${type}\``).join(', ')}: ${words}`,
    ),
  }))
}

interface Merging extends Omit<MergedField, 'descriptions'> {
  /** The first type that has it. */
  readonly type: string
  /** The types, by what they say of it. */
  readonly said: Map<string, readonly string[]>
}

/** What the documentation says of a field: what it is for, what it can be, and what it is when left out. */
export function wordsOf({ help, label, options = [], default: otherwise }: ConfigField): string {
  const names = options.filter((option) => typeof option === 'string').map((name) => `\`${name}\``)
  const oneOf = names.length === 0 ? [] : [`One of ${names.join(', ')}.`]
  const leftOut = otherwise === undefined ? [] : [`\`${otherwise}\` when left out.`]
  return [help ?? label, ...oneOf, ...leftOut].join(' ')
}

/** By which of the plugin's builders Terraform's attribute is made. */
export const builderOf = ({ options }: ConfigField): 'number' | 'text' =>
  typeof options?.[0] === 'number' ? 'number' : 'text'

const factsOf = (field: ConfigField): Omit<MergedField, 'descriptions'> => ({
  key: field.key,
  builder: builderOf(field),
  sensitive: field.sensitive ?? false,
  destination: field.destination ?? false,
  default: field.default ?? null,
})
