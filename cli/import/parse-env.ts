import type { Refusal, Row, Rows } from './rows.ts'

/**
 * Reads a `.env` file. `NAME=value` stands as it is; what other readers cut from it, a comment and
 * spaces at an end, is refused, since nobody knows whether it is part of the value. Within `'…'` every
 * byte counts; within `"…"` `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are escapes. Both kinds of quotes may go
 * over several lines. `$` is a character like any other: nothing is put in its place.
 */
export function parseEnv(text: string): Rows {
  const rows: Row[] = []
  const refused: Refusal[] = []
  const scan = new Scanner(text)
  while (!scan.atEnd) {
    if (scan.take(BLANK)) continue
    const { line } = scan
    const name = scan.take(ASSIGNMENT)?.[1]
    if (name === undefined) {
      refused.push({
        line,
        detail: 'The line is not `NAME=value`. A value over several lines needs quotes.',
      })
      scan.take(LINE)
      continue
    }
    const value = takeValue(scan)
    if (typeof value === 'string') rows.push({ line, fields: { name, value } })
    else refused.push({ name, line, ...value })
  }
  return { rows, refused }
}

// Spaces are those of ASCII. A line may end in CR and LF.
const BLANK = /[ \t\r]*(?:#[^\n]*)?(?:\n|$)/y
const ASSIGNMENT = /[ \t]*(?:export[ \t]+)?([^\s=#'"][^\s=]*)[ \t]*=/y
const LINE = /[^\n]*(?:\n|$)/y
const SINGLE = /[ \t]*'([^']*)'/y
const DOUBLE = /[ \t]*"([^"\\]*(?:\\[^][^"\\]*)*)"/y
const OPEN_QUOTE = /[ \t]*['"]/y
/** After a closing quote: a comment needs a space before it, as for the shell. */
const REST = /(?:[ \t]+#[^\n]*|[ \t]*\r?)(?:\n|$)/y

function takeValue(scan: Scanner): string | { readonly detail: string } {
  const single = scan.take(SINGLE)
  const double = single ? undefined : scan.take(DOUBLE)
  const quoted =
    single?.[1] ?? double?.[1]?.replace(/\\([nrt"\\$])/g, (_, c: string) => escapes[c] ?? c)
  if (quoted !== undefined) {
    if (scan.take(REST)) return quoted
    scan.take(LINE)
    return {
      detail: 'Something follows the closing quote. Put it within the quotes, or take it away.',
    }
  }
  if (scan.take(OPEN_QUOTE)) {
    scan.takeAll()
    return { detail: 'The quote that begins here is never closed. What follows was not read.' }
  }
  const value = scan.take(LINE)?.[0].replace(/\r?\n$|\r$/, '') ?? ''
  const detail = complaintAbout(value)
  return detail === undefined ? value : { detail }
}

/** Why a value has to be quoted. Spaces that are not ASCII are part of a value. */
function complaintAbout(value: string): string | undefined {
  if (value.includes('\r')) {
    return 'The value has a carriage return. End lines with LF, or put it in double quotes as `\\r`.'
  }
  if (/[ \t]#/.test(value)) {
    return 'It has a space and `#`. Put the value within quotes: with the `#` when that belongs to it, without when a comment begins there.'
  }
  if (/^[ \t]|[ \t]$/.test(value)) {
    return 'The value has a space at an end. Put it within quotes when the space belongs to it, else take the space away.'
  }
  return undefined
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** A text and how far it has been read. */
class Scanner {
  readonly #text: string
  #at = 0
  line = 1

  constructor(text: string) {
    this.#text = text
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** Goes past what a sticky expression finds here; without it nothing is read. */
  take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at
    const found = expression.exec(this.#text)
    if (found) this.#advance(this.#at + found[0].length)
    return found
  }

  takeAll(): void {
    this.#advance(this.#text.length)
  }

  #advance(to: number): void {
    for (let at = this.#at; at < to; at++) if (this.#text[at] === '\n') this.line++
    this.#at = to
  }
}
