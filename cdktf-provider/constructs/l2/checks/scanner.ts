/** What is written is nothing that Terraform could read. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/**
 * A place in a text that moves on as the words and signs of Terraform's language are taken. Nothing
 * is looked at twice, so reading takes time in proportion to the text. Comments and heredocs are no
 * words here: the frameworks print none, and text could hide in them.
 */
export class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** Takes the sign when it comes next, and says whether it did. */
  take(sign: string): boolean {
    this.#skipSpace()
    const next = this.#text.startsWith(sign, this.#at)
    if (next) this.#at += sign.length
    return next
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw new Unreadable()
  }

  takeName(): string | undefined {
    return this.#match(NAME)
  }

  expectName(): string {
    const name = this.takeName()
    if (name === undefined) throw new Unreadable()
    return name
  }

  takeKeyword(keyword: string): boolean {
    const before = this.#at
    const next = this.takeName() === keyword
    if (!next) this.#at = before
    return next
  }

  takeNumber(): string | undefined {
    return this.#match(NUMBER)
  }

  /** Takes what stands between two operands, if they go on. */
  takeOperator(): string | undefined {
    return this.#match(OPERATOR)
  }

  /** Takes the dot before a name: one of three is none. */
  takeDot(): boolean {
    return this.#match(DOT) !== undefined
  }

  /** Takes text, as far as a `${` or `%{` that nothing escapes; in quotes, as far as these too. */
  takeText({ quoted }: { readonly quoted: boolean }): string {
    const start = this.#at
    this.#at = this.#endOfText(quoted ? STOP_IN_QUOTES : STOP)
    const text = this.#text.slice(start, this.#at)
    return quoted ? text.replace(ESCAPE, (_, sign: string) => ESCAPED[sign] ?? sign) : text
  }

  #endOfText(stop: RegExp): number {
    stop.lastIndex = this.#at
    for (;;) {
      const from = stop.lastIndex
      const found = stop.exec(this.#text)
      if (found === null) return this.#text.length
      const { 0: sign, index } = found
      // `$${` is Terraform's way to write `${`, and `\"` to write a quote.
      const doubled = index > from && this.#text[index - 1] === sign[0]
      if (!doubled && sign !== '\\') return index
      stop.lastIndex = index + 2
    }
  }

  #match(pattern: RegExp): string | undefined {
    this.#skipSpace()
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return undefined
    const start = this.#at
    this.#at = pattern.lastIndex
    return this.#text.slice(start, this.#at)
  }

  #skipSpace(): void {
    while (SPACE.has(this.#text.charCodeAt(this.#at))) this.#at += 1
  }
}

const SPACE: ReadonlySet<number> = new Set([...' \t\r\n'].map((space) => space.charCodeAt(0)))

const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy
// `0.1`, as in `var.list.0.1`, is one number to Terraform's scanner, and so is `0.1.2`.
const NUMBER = /\d+(?:\.\d+)*(?:[eE][+-]?\d+)?/y
const OPERATOR = /==|!=|<=|>=|&&|\|\||[<>+\-*/%]/y
const DOT = /\.(?!\.)/y

const STOP = /[$%]\{/g
const STOP_IN_QUOTES = /["\\]|[$%]\{/g

// `\u0041` is left as it is: it has letters and digits either way.
const ESCAPE = /\\([nrt"\\])/g
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
