import type { ProviderConfig, ProviderType } from '../../contract/schemas/provider-types/index.ts'
import type { SecretValue } from '../keyring/secret-value.ts'

/**
 * The config of a type as its backend takes it: what the contract calls sensitive is wrapped, so that
 * nothing prints it by accident. Distributes over the variants of a type.
 */
export type Wrapped<Type extends ProviderType, Sensitive extends string> = WrappedOne<
  ProviderConfig<Type>,
  Sensitive
>

type WrappedOne<Config, Sensitive extends string> = Config extends unknown
  ? {
      readonly [Key in keyof Config]: Key extends Sensitive
        ? SecretValue | Extract<Config[Key], undefined>
        : Config[Key]
    }
  : never
