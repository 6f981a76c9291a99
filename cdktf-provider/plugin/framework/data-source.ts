import type { Attributes } from './attributes.ts'
import type { Call, ClientCall } from './resource.ts'
import type { Config, Proposed, State } from './views.ts'

/** Something to look up. Terraform reads it once all of its configuration is known. */
export interface DataSource<Client, A extends Attributes> {
  readonly type: string
  readonly description: string
  readonly attributes: A
  /** Checks a configuration. Runs without a client, at every plan and validate. */
  validate?(call: Call & { readonly config: Proposed<A> }): void | Promise<void>
  /** Looks it up. What cannot be found is an error the user can act on. */
  read(call: ClientCall<Client> & { readonly config: Config<A> }): State<A> | Promise<State<A>>
}

/** Defines a data source. The types of its handlers follow from its attributes. */
export const dataSource =
  <Client>() =>
  <const A extends Attributes>(definition: DataSource<Client, A>): DataSource<Client, A> =>
    definition
