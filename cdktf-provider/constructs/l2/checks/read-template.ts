import type { Expression, Expressions, Loop, Reference } from './expression.ts'
import { Scanner, Unreadable } from './scanner.ts'

/**
 * Reads a text of Terraform's JSON, which is a template: its texts and what is interpolated between
 * them, in their order; undefined when it is none. Reads a little more than Terraform would (commas
 * may be missing), and never less of what a value is made of.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function readTemplate(template: string): Expressions | undefined {
  try {
    return new Reader(new Scanner(template)).all()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** Deeper than anyone writes, and far from the end of the call stack. */
const MAX_DEPTH = 100

const COMPARING: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||'])

const BOOLEAN = { is: 'boolean' } as const

class Reader {
  readonly #in: Scanner
  #depth = 0

  constructor(scanner: Scanner) {
    this.#in = scanner
  }

  all(): Expressions {
    const { parts, end } = this.#template({ quoted: false })
    if (end !== undefined) throw new Unreadable()
    return parts
  }

  /** Reads to the end of the text, past the closing quote, or past a directive that ends a block. */
  #template({ quoted }: Quoted): { readonly parts: Expressions; readonly end?: string } {
    const parts: Expression[] = []
    for (;;) {
      const text = this.#in.takeText({ quoted })
      if (text !== '') parts.push({ is: 'text', text })
      if (quoted ? this.#in.take('"') : this.#in.atEnd) return { parts }
      if (this.#in.take('${')) {
        this.#in.take('~')
        parts.push(this.#expression())
        this.#closeInterpolation()
      } else {
        const directive = this.#nested(() => this.#directive({ quoted }))
        if (typeof directive === 'string') return { parts, end: directive }
        parts.push(directive)
      }
    }
  }

  /** A block from `if` or `for` to its end; of any other directive the keyword. */
  #directive(quoted: Quoted): Expression | string {
    this.#in.expect('%{')
    this.#in.take('~')
    const keyword = this.#in.expectName()
    if (keyword === 'if') return this.#ifDirective(quoted)
    if (keyword === 'for') return this.#forDirective(quoted)
    this.#closeInterpolation()
    return keyword
  }

  #closeInterpolation(): void {
    this.#in.take('~')
    this.#in.expect('}')
  }

  #ifDirective(quoted: Quoted): Expression {
    this.#expression()
    this.#closeInterpolation()
    let { parts, end } = this.#template(quoted)
    if (end === 'else') {
      const otherwise = this.#template(quoted)
      parts = [...parts, ...otherwise.parts]
      end = otherwise.end
    }
    if (end !== 'endif') throw new Unreadable()
    return { is: 'parts', parts }
  }

  #forDirective(quoted: Quoted): Loop {
    const head = this.#loopHead()
    this.#closeInterpolation()
    const { parts, end } = this.#template(quoted)
    if (end !== 'endfor') throw new Unreadable()
    return { is: 'loop', ...head, keys: [], value: { is: 'parts', parts } }
  }

  #expression(): Expression {
    return this.#nested(() => {
      const value = this.#operation()
      if (!this.#in.take('?')) return value
      const then = this.#expression()
      this.#in.expect(':')
      return { is: 'parts', parts: [then, this.#expression()] }
    })
  }

  /**
   * Operands with operators between them. Comparisons bind less than sums do, so with one of them the
   * whole comes to a boolean.
   */
  #operation(): Expression {
    const first = this.#operand()
    const parts = [first]
    let compares = false
    let operator: string | undefined
    while ((operator = this.#in.takeOperator()) !== undefined) {
      compares ||= COMPARING.has(operator)
      parts.push(this.#operand())
    }
    if (compares) return BOOLEAN
    return parts.length === 1 ? first : { is: 'parts', parts }
  }

  #operand(): Expression {
    let negated = false
    for (;;) {
      if (this.#in.take('!')) negated = true
      else if (!this.#in.take('-')) break
    }
    const value = this.#accessed(this.#term())
    return negated ? BOOLEAN : value
  }

  #term(): Expression {
    if (this.#in.take('(')) {
      const value = this.#expression()
      this.#in.expect(')')
      return value
    }
    if (this.#in.take('"')) return this.#quoted()
    if (this.#in.take('[')) {
      if (this.#in.takeKeyword('for')) return this.#loop({ close: ']' })
      return { is: 'parts', parts: this.#items(']').items }
    }
    if (this.#in.take('{')) {
      return this.#in.takeKeyword('for') ? this.#loop({ close: '}' }) : this.#object()
    }
    const number = this.#in.takeNumber()
    if (number !== undefined) return { is: 'number', text: number }
    return this.#word(this.#in.expectName())
  }

  #quoted(): Expression {
    const { parts, end } = this.#template({ quoted: true })
    if (end !== undefined) throw new Unreadable()
    const [only] = parts
    return only !== undefined && parts.length === 1 ? only : { is: 'parts', parts }
  }

  #word(word: string): Expression {
    let name = word
    while (this.#in.take('::')) name += `::${this.#in.expectName()}`
    if (this.#in.take('(')) {
      const { items, spread } = this.#items(')')
      return { is: 'call', name, args: items, spread }
    }
    if (name !== word) throw new Unreadable()
    if (word === 'true' || word === 'false') return BOOLEAN
    return word === 'null' ? { is: 'null' } : { is: 'reference', root: word, path: [] }
  }

  #items(close: string): { readonly items: Expressions; readonly spread: boolean } {
    const items: Expression[] = []
    let spread = false
    while (!this.#in.take(close)) {
      items.push(this.#expression())
      spread = this.#in.take('...')
      if (!this.#in.take(',')) {
        this.#in.expect(close)
        break
      }
    }
    return { items, spread }
  }

  #object(): Expression {
    const keys: Expression[] = []
    const values: Expression[] = []
    while (!this.#in.take('}')) {
      const key = this.#expression()
      const bare = key.is === 'reference' && key.path.length === 0
      keys.push(bare ? { is: 'text', text: key.root } : key)
      if (!this.#in.take(':')) this.#in.expect('=')
      values.push(this.#expression())
      // Terraform wants a comma or a new line here; nothing depends on which.
      this.#in.take(',')
    }
    return { is: 'object', keys, values }
  }

  #loop({ close }: { readonly close: ']' | '}' }): Loop {
    const head = this.#loopHead()
    this.#in.expect(':')
    const first = this.#expression()
    let loop: Loop = { is: 'loop', ...head, keys: [], value: first }
    if (close === '}') {
      this.#in.expect('=>')
      loop = { ...loop, keys: [first], value: this.#expression() }
      this.#in.take('...')
    }
    if (this.#in.takeKeyword('if')) this.#expression()
    this.#in.expect(close)
    return loop
  }

  #loopHead(): Pick<Loop, 'names' | 'over'> {
    const names = [this.#in.expectName()]
    if (this.#in.take(',')) names.push(this.#in.expectName())
    if (!this.#in.takeKeyword('in')) throw new Unreadable()
    return { names, over: this.#expression() }
  }

  /** What follows a term: `.name`, `[key]`, `[*]`. Of all but a reference the whole counts. */
  #accessed(term: Expression): Expression {
    const path: string[] = []
    let followed = true
    for (;;) {
      const step = this.#step()
      if (step === undefined) break
      followed &&= step !== 'computed'
      if (followed) for (const key of step) path.push(key)
    }
    return term.is === 'reference' && path.length > 0 ? { ...term, path } : term
  }

  #step(): Path | 'computed' | undefined {
    if (this.#in.takeDot()) {
      if (this.#in.take('*')) return 'computed'
      // `.0.1` is a number to Terraform's scanner, and two keys of a list in a list.
      return this.#in.takeNumber()?.split('.') ?? [this.#in.expectName()]
    }
    if (!this.#in.take('[')) return undefined
    const splat = this.#in.take('*')
    const key = splat ? undefined : this.#expression()
    this.#in.expect(']')
    return key?.is === 'text' || key?.is === 'number' ? [key.text] : 'computed'
  }

  #nested<Read>(read: () => Read): Read {
    if (this.#depth >= MAX_DEPTH) throw new Unreadable()
    this.#depth += 1
    const value = read()
    this.#depth -= 1
    return value
  }
}

type Path = Reference['path']

interface Quoted {
  readonly quoted: boolean
}
