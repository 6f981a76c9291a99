import { CliError } from '../cli-error.ts'
import type { Member, Node } from './document.ts'
import { findJsonFault } from './json-fault.ts'

/**
 * Reads JSON into nodes. `JSON.parse` says first whether it is JSON at all; since it hides names that
 * come twice, the tokens of the text, which is known to be sound by then, are walked once more.
 */
export function parseJson(text: string): Node {
  try {
    JSON.parse(text)
  } catch {
    const fault = findJsonFault(text)
    const why = fault ? ` (line ${fault.line}, column ${fault.column}): ${fault.cause}` : ''
    throw CliError.no(`The file is not JSON${why}.`)
  }
  return new Walk(text).node(0)
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s"[\]{}:,]+/y
const SPACE = /\s*/y

class Walk {
  readonly #text: string
  #at = 0
  #line = 1
  #next = ''

  constructor(text: string) {
    this.#text = text
    this.#advance()
  }

  node(depth: number): Node {
    const line = this.#line
    const token = this.#take()
    if (token.startsWith('"')) return { line, kind: 'text', text: JSON.parse(token) as string }
    if (token !== '{' && token !== '[') return { line, kind: 'other', detail: adviceOn(token) }
    // Nothing is read from deeper levels, and the stack has an end.
    if (depth === DEEPEST) return this.#skip(line, token)
    if (token === '[') {
      const items: Node[] = []
      while (this.#next !== ']') {
        items.push(this.node(depth + 1))
        if (this.#next === ',') this.#take()
      }
      this.#take()
      return { line, kind: 'list', items }
    }
    const members: Member[] = []
    while (this.#next !== '}') {
      const line = this.#line
      const name = JSON.parse(this.#take()) as string
      this.#take() // the colon
      members.push({ name, line, value: this.node(depth + 1) })
      if (this.#next === ',') this.#take()
    }
    this.#take()
    return { line, kind: 'map', members }
  }

  #skip(line: number, opening: string): Node {
    for (let open = 1; open > 0;) {
      const token = this.#take()
      if (token === '{' || token === '[') open++
      if (token === '}' || token === ']') open--
    }
    return opening === '{' ? { line, kind: 'map', members: [] } : { line, kind: 'list', items: [] }
  }

  #take(): string {
    const token = this.#next
    this.#advance()
    return token
  }

  #advance(): void {
    const space = this.#match(SPACE)
    this.#line += space.split('\n').length - 1
    this.#next = this.#match(TOKEN)
  }

  #match(expression: RegExp): string {
    expression.lastIndex = this.#at
    const [found = ''] = expression.exec(this.#text) ?? []
    this.#at += found.length
    return found
  }
}

const DEEPEST = 2

function adviceOn(token: string): string {
  if (token === 'null') return 'is null. Leave it out, or write "" for an empty value.'
  if (token === 'true' || token === 'false')
    return `is ${token} without quotes. Write it in quotes.`
  return 'is a number. Write it in quotes, so that not a digit of it changes.'
}
