/** What a file says, in its order, whatever its format. Every row still has to be checked. */
export interface Rows {
  readonly rows: readonly Row[]
  readonly refused: readonly Refusal[]
}

/** One secret as a file names it; `fields` are those of an item of `ImportSecrets`. */
export interface Row {
  readonly line: number
  /** Its place in a list, from 1 on. */
  readonly item?: number | undefined
  readonly fields: Readonly<Record<string, string>> & { readonly name?: string }
}

/** Why something in a file is not imported. Quotes no value. */
export interface Refusal {
  readonly name?: string | undefined
  readonly line?: number | undefined
  readonly item?: number | undefined
  readonly detail: string
}
