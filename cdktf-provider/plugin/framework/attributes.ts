import type { Type } from '../values/type.ts'
import type { Dynamic, ExactNumber, Unknown } from '../values/value.ts'
import type { Config, Draft, Planned, Proposed, State } from './views.ts'

/** Who gives an attribute its value: `default` is the configuration, else a value named in the schema. */
export type Presence = 'required' | 'optional' | 'computed' | 'orComputed' | 'default'

/** The types a value has where it appears: see `State`, `Planned`, `Config`, `Proposed` and `Draft`. */
export interface Views {
  readonly state: unknown
  readonly planned: unknown
  readonly config: unknown
  readonly proposed: unknown
  readonly draft: unknown
}

/** One attribute. `V` are the types of its value, `P` who gives it, `W` whether it is write-only. */
export interface Attribute<
  V extends Views = Views,
  P extends Presence = Presence,
  W extends boolean = boolean,
> {
  /** For inference alone; never set. */
  readonly views?: V
  readonly shape: Shape
  readonly presence: P
  readonly writeOnly: W
  readonly description: string
  readonly sensitive: boolean
  readonly replaces: boolean
  readonly keeps: boolean
  /** Whether state may hold null: what is optional, and what the provider may leave out. */
  readonly nullable: boolean
  readonly default: unknown
  /** Written as a block, `name { ... }`, in which Terraform refuses an argument that is not there. */
  readonly block: boolean
}

export type Attributes = Readonly<Record<string, Attribute>>

/** A plain type, or attributes within an attribute. */
export type Shape =
  { readonly type: Type } | { readonly nesting: Nesting; readonly attributes: Attributes }

export type Nesting = 'single' | 'list' | 'set' | 'map'

export interface Marks {
  /** Terraform hides the value in its output. It is still clear text in state. */
  readonly sensitive?: boolean
  /** A change of it replaces the resource. */
  readonly replaces?: boolean
}

export interface ComputedMarks extends Marks {
  /** It survives updates, so a plan shows the prior value and not `(known after apply)`. */
  readonly keeps?: boolean
  /** The provider may leave it null. */
  readonly nullable?: boolean
}

export const text = (description: string) =>
  new Builder<Scalar<string>>(description, plain('string'))
/** A number that JavaScript holds without rounding; others are refused with an error on the attribute. */
export const number = (description: string) =>
  new Builder<Scalar<number>>(description, plain('number'))
/** A number of any size and precision, kept exactly. */
export const exactNumber = (description: string) =>
  new Builder<Scalar<number | ExactNumber>>(description, exact)
export const flag = (description: string) =>
  new Builder<Scalar<boolean>>(description, plain('bool'))
/** A value of any type, which comes with it. */
export const dynamic = (description: string) =>
  new Builder<Scalar<Dynamic>>(description, plain('dynamic'))

/**
 * Attributes within an attribute, written `name = { ... }`, where Terraform drops a misspelt one without
 * a word; with `.block()` they are written `name { ... }`, where it refuses it.
 */
export const object = <const A extends Attributes>(description: string, attributes: A) =>
  new ObjectBuilder<ObjectViews<A>>(description, { nesting: 'single', attributes })

/** Elements in order: scalars, or objects, which are matched by their place when they change. */
export const list = <const E extends ScalarName | Attributes>(description: string, element: E) =>
  new Builder<ListViews<ElementViews<E>>>(description, collection('list', element))

/**
 * Distinct elements in no order: scalars, or objects that the configuration gives as a whole, for nothing
 * tells which element of the state one of the configuration is.
 */
export const set = <const E extends ScalarName | Attributes>(description: string, element: E) =>
  new Builder<ListViews<ElementViews<E>>>(description, collection('set', element))

/** Elements by name: scalars or objects. */
export const map = <const E extends ScalarName | Attributes>(description: string, element: E) =>
  new Builder<MapViews<ElementViews<E>>>(description, collection('map', element))

class Builder<V extends Views> {
  readonly #description: string
  readonly #shape: Shape
  constructor(description: string, shape: Shape) {
    this.#description = description
    this.#shape = shape
  }
  /** The configuration must give it. */
  required(marks: Marks = {}): Attribute<V, 'required', false> {
    return this.#attribute('required', marks)
  }
  /** The configuration may give it; otherwise it is null. */
  optional(marks: Marks = {}): Attribute<V, 'optional', false> {
    return this.#attribute('optional', marks)
  }
  /** Only the provider gives it. */
  computed<const M extends ComputedMarks = Marks>(
    marks?: M,
  ): Attribute<MaybeNull<V, M>, 'computed', false> {
    return this.#attribute('computed', marks ?? {})
  }
  /** The configuration may give it, else the provider does. */
  orComputed<const M extends ComputedMarks = Marks>(
    marks?: M,
  ): Attribute<MaybeNull<V, M>, 'orComputed', false> {
    return this.#attribute('orComputed', marks ?? {})
  }
  /** The configuration may give it, else it is `value`. */
  default(value: V['state'], marks: Marks = {}): Attribute<V, 'default', false> {
    return { ...this.#attribute('default', marks), default: value }
  }
  /** Reaches Apply through the configuration and never enters plan or state (Terraform 1.11). */
  writeOnly(): Attribute<V, 'optional', true> {
    return { ...this.#attribute('optional', { sensitive: true }), writeOnly: true }
  }
  #attribute<W extends Views, P extends Presence>(
    presence: P,
    { sensitive = false, replaces = false, keeps = false, nullable = false }: ComputedMarks,
  ): Attribute<W, P, false> {
    const [description, shape] = [this.#description, this.#shape]
    return {
      shape,
      presence,
      writeOnly: false,
      description,
      sensitive,
      replaces,
      keeps,
      nullable: nullable || presence === 'optional',
      default: null,
      block: false,
    }
  }
}

class ObjectBuilder<V extends Views> extends Builder<V> {
  /** The configuration may give it as a block; otherwise it is null. */
  block(): Attribute<V, 'optional', false> {
    return { ...this.optional(), block: true }
  }
}

type MaybeNull<V extends Views, M> = M extends { readonly nullable: true }
  ? { readonly [K in keyof V]: V[K] | null }
  : V

type ScalarName = 'text' | 'number' | 'flag'
export interface ScalarTypes {
  readonly text: string
  readonly number: number
  readonly flag: boolean
}

export interface Scalar<T> {
  readonly state: T
  readonly planned: T
  readonly config: T
  readonly proposed: T
  readonly draft: T
}
export interface ObjectViews<A extends Attributes> {
  readonly state: State<A>
  readonly planned: Planned<A>
  readonly config: Config<A>
  readonly proposed: Proposed<A>
  readonly draft: Draft<A>
}
type ElementViews<E> = E extends ScalarName
  ? Scalar<ScalarTypes[E]>
  : E extends Attributes
    ? ObjectViews<E>
    : never
export interface ListViews<V extends Views> {
  readonly state: readonly V['state'][]
  readonly planned: readonly V['planned'][]
  readonly config: readonly V['config'][]
  readonly proposed: readonly (V['proposed'] | Unknown)[]
  readonly draft: readonly (V['draft'] | Unknown)[]
}
export interface MapViews<V extends Views> {
  readonly state: Readonly<Record<string, V['state']>>
  readonly planned: Readonly<Record<string, V['planned']>>
  readonly config: Readonly<Record<string, V['config']>>
  readonly proposed: Readonly<Record<string, V['proposed'] | Unknown>>
  readonly draft: Readonly<Record<string, V['draft'] | Unknown>>
}

const plain = (type: Type): Shape => ({ type })
/** The shape of `exactNumber`; `number` has one that is equal but not this one. */
export const exact = plain('number')

const scalarTypes = { text: 'string', number: 'number', flag: 'bool' } as const satisfies Record<
  ScalarName,
  Type
>

function collection(nesting: 'list' | 'set' | 'map', element: ScalarName | Attributes): Shape {
  return typeof element === 'string'
    ? plain([nesting, scalarTypes[element]])
    : { nesting, attributes: element }
}
