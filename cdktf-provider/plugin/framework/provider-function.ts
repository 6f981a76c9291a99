import type { Attribute, Attributes } from './attributes.ts'
import type { Config, State } from './views.ts'

/**
 * A function of HCL, `provider::shelf::isbn("…")`. It is pure: the same arguments give the same result,
 * nothing is read and nothing written, and Terraform may call it at any time, without a client.
 */
export interface ProviderFunction<
  P extends Attributes,
  V extends Attribute | null,
  R extends Attribute,
> {
  readonly name: string
  /** One sentence. */
  readonly summary: string
  readonly description: string
  /** By name, in their order. An optional one may be null; it cannot be left out. */
  readonly parameters: P
  /** What further arguments are, of which there may be none. */
  readonly rest?: V
  readonly returns: R
  /** A `TerraformError` whose path is a parameter's name, or `['rest', 0]`, is shown at that argument. */
  call(given: Config<P>, rest: Rest<V>): Result<R>
}

type Rest<V> = V extends Attribute ? readonly Config<{ readonly rest: V }>['rest'][] : readonly []

type Result<R extends Attribute> = State<{ readonly result: R }>['result']

/** Defines a function. The types of its arguments and its result follow from its parameters. */
export const providerFunction = <
  const P extends Attributes,
  const R extends Attribute,
  const V extends Attribute | null = null,
>(
  definition: ProviderFunction<P, V, R>,
): ProviderFunction<P, V, R> => definition
