import type * as z from 'zod'
import { fieldIssues, type FieldIssue } from '../../field-errors.ts'
import { configFields, type ConfigField, type Place } from './provider-type.ts'
import { awsSm } from './aws-sm.ts'
import { azureKv } from './azure-kv.ts'
import { gcpSm } from './gcp-sm.ts'
import { vault } from './vault.ts'

/** Every kind of secret provider. */
export const providerTypes = {
  vault,
  'aws-sm': awsSm,
  'azure-kv': azureKv,
  'gcp-sm': gcpSm,
} as const

export type ProviderType = keyof typeof providerTypes

/** A checked config, its defaults filled in. */
export type ProviderConfig<Type extends ProviderType = ProviderType> = z.output<
  (typeof providerTypes)[Type]['config']
>

export const providerTypeNames = Object.keys(providerTypes) as [ProviderType, ...ProviderType[]]

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

/** How a config uses what belongs to the deployment; undefined when it brings its own credentials. */
export const borrowedBy = (
  type: ProviderType,
  config: Readonly<Record<string, unknown>>,
): string | undefined => providerTypes[type].borrows(config)

/** Where a config leads besides its destination fields. */
export const placesOf = (
  type: ProviderType,
  config: Readonly<Record<string, unknown>>,
): readonly Place[] => providerTypes[type].places(config)

const fields = new Map<ProviderType, readonly ConfigField[]>(
  providerTypeNames.map((type) => [type, configFields(providerTypes[type])]),
)

/** The fields of a type's config, in the order of its form. */
export const fieldsOf = (type: ProviderType): readonly ConfigField[] => fields.get(type) ?? []
