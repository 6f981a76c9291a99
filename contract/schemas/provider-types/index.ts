import type * as z from 'zod'
import { fieldIssues, type FieldIssue } from '../../field-errors.ts'
import { configFields, type ConfigField } from './provider-type.ts'
import { vault } from './vault.ts'

/** Every kind of secret provider. */
export const providerTypes = { vault } as const

export type ProviderType = keyof typeof providerTypes

/** A checked config, its defaults filled in. */
export type ProviderConfig<Type extends ProviderType = ProviderType> = z.output<
  (typeof providerTypes)[Type]['config']
>

export const providerTypeNames = Object.keys(providerTypes) as [ProviderType]

export const isProviderType = (type: unknown): type is ProviderType =>
  typeof type === 'string' && Object.hasOwn(providerTypes, type)

/** Everything that is wrong with a config of this type; paths begin within the config. */
export function configIssues(type: ProviderType, config: unknown): FieldIssue[] {
  const parsed = providerTypes[type].config.safeParse(config)
  return parsed.success ? [] : fieldIssues(parsed.error, config)
}

/** The config with its defaults. Call it on a config that has no `configIssues`. */
export const parseConfig = <Type extends ProviderType>(
  type: Type,
  config: unknown,
): ProviderConfig<Type> => providerTypes[type].config.parse(config) as ProviderConfig<Type>

const fields = new Map<ProviderType, readonly ConfigField[]>(
  providerTypeNames.map((type) => [type, configFields(providerTypes[type])]),
)

/** The fields of a type's config, in the order of its form. */
export const fieldsOf = (type: ProviderType): readonly ConfigField[] => fields.get(type) ?? []
