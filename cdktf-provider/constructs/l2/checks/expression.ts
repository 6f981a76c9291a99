/**
 * A Terraform expression, as far as its value is made of it. What only chooses is left out: the
 * condition of `a ? b : c`, of `%{ if }` and of a loop, the operands of a comparison, and index keys,
 * as in `data.vault_kv.x.data["password"]`.
 */
export type Expression =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly text: string }
  /** `true`, `false`, or what a comparison comes to. */
  | { readonly is: 'boolean' }
  | { readonly is: 'null' }
  | Reference
  | Call
  | { readonly is: 'object'; readonly keys: Expressions; readonly values: Expressions }
  | Loop
  /** What several make together: items of a list, sides of a choice or of a sum, a template. */
  | { readonly is: 'parts'; readonly parts: Expressions }

export type Expressions = readonly Expression[]

/** `var.settings.token`: the path `settings`, `token` of the root `var`, up to a computed key. */
export interface Reference {
  readonly is: 'reference'
  readonly root: string
  readonly path: readonly string[]
}

export interface Call {
  readonly is: 'call'
  readonly name: string
  readonly args: Expressions
  /** Whether `...` follows the last argument, which then stands for any number of them. */
  readonly spread: boolean
}

/**
 * `[for NAME in OVER : VALUE]`, `{for NAME, NAME in OVER : KEY => VALUE}`, or
 * `%{ for NAME in OVER }VALUE%{ endfor }`.
 */
export interface Loop {
  readonly is: 'loop'
  /** One name is the element's; of two, the first is its key's. */
  readonly names: readonly string[]
  readonly over: Expression
  readonly keys: Expressions
  readonly value: Expression
}
