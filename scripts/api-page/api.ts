/** What a package of constructs exports, as its documentation tells of it. Sorted by name. */
export interface Api {
  readonly types: readonly ApiType[]
  readonly functions: readonly Callable[]
  readonly l1: readonly L1Class[]
  /** Functions of the Terraform provider. */
  readonly providerFunctions: readonly Callable[]
}

/** A class, an interface, or a union of interfaces. */
export interface ApiType extends Documented {
  readonly name: string
  /** As jsii tells them apart: a struct is an interface of nothing but data. */
  readonly kind: 'construct' | 'struct' | 'class' | 'interface'
  /** What it has all members of, of the types of this package. Of a union: one of which it is. */
  readonly bases: readonly string[]
  readonly isUnion: boolean
  /** Absent where users make none by `new`. */
  readonly initializer?: Callable | undefined
  readonly statics: readonly Callable[]
  readonly methods: readonly Callable[]
  readonly properties: readonly Property[]
}

export interface Documented {
  /** Markdown; empty when nothing is said. */
  readonly description: string
  readonly examples: readonly string[]
}

export interface Property extends Documented {
  readonly name: string
  readonly type: string
  readonly optional: boolean
  readonly default?: string | undefined
}

export interface Callable extends Documented {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly returns: string
}

export interface Parameter {
  readonly name: string
  readonly type: string
  readonly optional: boolean
  readonly description: string
}

/** What the generator has made of a resource or a data source. */
export interface L1Class {
  /** As the package exports it, such as `secret`. */
  readonly namespace: string
  readonly name: string
  /** Terraform's name of it. */
  readonly terraformType: string
  /** Its page in the registry. */
  readonly url: string
}
