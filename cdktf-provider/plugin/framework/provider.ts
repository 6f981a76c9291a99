import type { Attributes } from './attributes.ts'
import type { DataSource } from './data-source.ts'
import type { EphemeralResource } from './ephemeral-resource.ts'
import type { ProviderFunction } from './provider-function.ts'
import type { Call, Resource } from './resource.ts'
import type { Config, Proposed } from './views.ts'

/* Definitions of many schemas stand side by side in a provider, and a handler takes its own alone. */
/* eslint-disable @typescript-eslint/no-explicit-any */
export type AnyResource<Client = any> = Resource<Client, any, any>
export type AnyDataSource<Client = any> = DataSource<Client, any>
export type AnyEphemeralResource<Client = any> = EphemeralResource<Client, any>
export type AnyFunction = ProviderFunction<any, any, any>

export interface Provider<Client = any, A extends Attributes = any> {
  /** Its local name; the types of its resources begin with it: `shelf`, `shelf_book`. */
  readonly name: string
  readonly version: string
  readonly description: string
  readonly attributes: A
  /** Checks the provider's configuration, in which anything may be unknown. */
  validate?(call: Call & { readonly config: Proposed<A> }): void | Promise<void>
  /**
   * Makes the client that handlers get. Called once all of the configuration is known: while some of it
   * is not, plans are made without a client, and what cannot do without one says so.
   */
  configure(
    call: Call & { readonly config: Config<A>; readonly terraformVersion: string },
  ): Client | Promise<Client>
  readonly resources: readonly AnyResource<Client>[]
  readonly dataSources: readonly AnyDataSource<Client>[]
  readonly ephemeralResources?: readonly AnyEphemeralResource<Client>[]
  readonly functions?: readonly AnyFunction[]
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Defines a provider; `serve` runs it and `checkProvider` finds mistakes in it. */
export const provider = <Client, const A extends Attributes>(
  definition: Provider<Client, A>,
): Provider<Client, A> => definition
