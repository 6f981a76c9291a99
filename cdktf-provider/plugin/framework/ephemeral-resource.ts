import type { Attributes } from './attributes.ts'
import type { Call, ClientCall } from './resource.ts'
import type { Config, Proposed, State } from './views.ts'

/**
 * Something that is there while Terraform runs and never in its state. Terraform opens it when it is
 * needed in a plan or an apply, renews it while it is, and closes it in the end (Terraform 1.10).
 */
export interface EphemeralResource<Client, A extends Attributes> {
  readonly type: string
  readonly description: string
  readonly attributes: A
  /** Checks a configuration. Runs without a client, at every plan and validate. */
  validate?(call: Call & { readonly config: Proposed<A> }): void | Promise<void>
  /** Makes or fetches it. Called once all of the configuration is known. */
  open(call: ClientCall<Client> & { readonly config: Config<A> }): Opened<A> | Promise<Opened<A>>
  /** Prolongs it. Called at the time that `open`, or the `renew` before, named. */
  renew?(call: ClientCall<Client> & { readonly lease: unknown }): Renewed | Promise<Renewed>
  /**
   * Ends it, also when Terraform was interrupted or what used it failed: then it is called as the process
   * goes, with five seconds left. The signal is not the one that was aborted.
   */
  close?(call: ClientCall<Client> & { readonly lease: unknown }): void | Promise<void>
}

export interface Renewed {
  /** When Terraform is to renew it; it does not when this is left out. */
  readonly renewAt?: Date | undefined
  /** JSON that `renew` and `close` get, such as the id of what was made. The last one holds. */
  readonly lease?: unknown
}

export interface Opened<A extends Attributes> extends Renewed {
  readonly result: State<A>
}

/** Defines an ephemeral resource. The types of its handlers follow from its attributes. */
export const ephemeralResource =
  <Client>() =>
  <const A extends Attributes>(
    definition: EphemeralResource<Client, A>,
  ): EphemeralResource<Client, A> =>
    definition
