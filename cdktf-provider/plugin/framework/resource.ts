import type { Attributes } from './attributes.ts'
import type { Diagnostics, Path } from './diagnostics.ts'
import type { PrivateState } from './private-state.ts'
import type { Config, Draft, Planned, Proposed, State } from './views.ts'

type Awaitable<T> = T | Promise<T>

export interface Call {
  readonly diagnostics: Diagnostics
  /** Aborted when Terraform asks the provider to stop. */
  readonly signal: AbortSignal
}

export interface ClientCall<Client> extends Call {
  readonly client: Client
}

/** A call that concerns one object. */
export interface ObjectCall<Client> extends ClientCall<Client> {
  /** What the provider remembers of this object, beside its state. */
  readonly privateState: PrivateState
}

/** State that this version of the provider did not write. */
export interface ForeignState {
  /** The version of the schema it was written with. */
  readonly version: number
  /** The attributes as they stand in the state file, numbers too large for JavaScript as text. */
  readonly state: Readonly<Record<string, unknown>>
}

/** An object of another resource, or of another provider, that a `moved` block makes one of ours. */
export interface MovedState extends ForeignState {
  /** Address of the provider it belonged to, such as `registry.terraform.io/acme/shelf`. */
  readonly provider: string
  readonly type: string
}

/** What a plan changes beyond what schema and configuration say. */
export interface PlanAdjustment<A extends Attributes> {
  /** Values of attributes the provider gives: the prior one, a known one, or `unknownValue`. */
  readonly set?: Partial<Pick<Draft<A>, ProviderGiven<A>>>
  /** Attributes that differ from the prior state and whose change replaces the resource this time. */
  readonly replace?: readonly Path[]
}

type ProviderGiven<A extends Attributes> = {
  [K in keyof A]: A[K]['presence'] extends 'computed' | 'orComputed' ? K : never
}[keyof A]

/**
 * One type of managed object. What a handler throws becomes a diagnostic: a `TerraformError` as it is,
 * anything else as one sentence that quotes nothing.
 */
export interface Resource<Client, A extends Attributes, Id extends string | null = string | null> {
  readonly type: string
  readonly description: string
  /** Raise it when the meaning of stored state changes, and give `upgrade`. */
  readonly version?: number
  readonly attributes: A
  /** Attributes that name the object and never change while it lives, for Terraform 1.12 and newer. */
  readonly identity?: readonly (keyof A & string)[]

  /** Checks a configuration. Runs without a client, at every plan and validate. */
  validate?(call: Call & { readonly config: Proposed<A> }): Awaitable<void>

  /**
   * Refines a plan to create or update. The client is null while the provider's own configuration is
   * unknown. Configured values cannot be changed. Not called for a destroy.
   */
  plan?(
    call: Call & {
      readonly client: Client | null
      readonly privateState: PrivateState
      readonly prior: State<A> | null
      readonly planned: Draft<A>
      readonly config: Proposed<A>
    },
    // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a hook that only warns returns nothing
  ): Awaitable<PlanAdjustment<A> | undefined | void>

  /** Chooses the `id` before `create` is called, so that an unknown outcome still leaves one in state. */
  newId?(): Id

  /**
   * Makes the object. An error means it was not made, except for `OutcomeUnknown`, a timeout or a broken
   * connection: then a resource with `newId` stays in state, tainted, until a refresh finds out.
   */
  create(
    call: ObjectCall<Client> & {
      readonly planned: Planned<A>
      readonly config: Config<A>
      /** What `newId` chose; null without it. */
      readonly id: Id
    },
  ): Awaitable<State<A>>

  /**
   * Resolves to null when the object is gone, and only then: a refused or failed read throws. Right after
   * an import, or a provider's upgrade, `state` has nulls where its type has none; what is returned may not.
   */
  read(call: ObjectCall<Client> & { readonly state: State<A> }): Awaitable<State<A> | null>

  /** Changes the object. After an error the prior state stands, and the next refresh tells the truth. */
  update(
    call: ObjectCall<Client> & {
      readonly prior: State<A>
      readonly planned: Planned<A>
      readonly config: Config<A>
    },
  ): Awaitable<State<A>>

  /** Removes the object; one that is gone already is no error. */
  delete(call: ObjectCall<Client> & { readonly prior: State<A> }): Awaitable<void>

  /** Turns what the user typed for `terraform import` into as much state as `read` needs to find it. */
  import?(call: ClientCall<Client> & { readonly id: string }): Awaitable<Partial<State<A>>>

  /** Turns state of an older version into as much state as `read` needs; it is completed by the refresh. */
  upgrade?(call: Call & ForeignState): Awaitable<Partial<State<A>>>

  /** The same for a `moved` block whose other end is no object of this resource; null when it cannot be one. */
  move?(call: Call & MovedState): Awaitable<Partial<State<A>> | null>
}

/** Defines a resource. The types of its handlers follow from its attributes. */
export const resource =
  <Client>() =>
  <const A extends Attributes, Id extends string | null = null>(
    definition: Resource<Client, A, Id>,
  ): Resource<Client, A, Id> =>
    definition
