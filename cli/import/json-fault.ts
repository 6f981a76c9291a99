/** Where a text stops being JSON, and why, without quoting any of it. */
export interface JsonFault {
  readonly line: number
  readonly column: number
  readonly cause: string
}

/**
 * Finds the first place of a text that no JSON has; undefined when it is JSON. V8 tells the place of
 * some faults only, in words that quote the text, and the text holds values.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Bracket[] = []
  let expected: Expected = 'value'
  for (let at = 0; ;) {
    at = endOf(SPACE, text, at)
    const step = stepAt(text, at, expected, open.at(-1))
    if (step === 'sound') return undefined
    if ('cause' in step) return { ...placeOf(text, step.at ?? at), cause: step.cause }
    if (step.opens) open.push(step.opens)
    if (step.closes) open.pop()
    at = step.to
    expected = step.expected
  }
}

type Bracket = '{' | '['

/** What may stand next; `first…` may also be the end of its list or object. */
type Expected = 'value' | 'first item' | 'name' | 'first name' | 'colon' | 'comma or end'

type Step =
  | 'sound'
  | { readonly cause: string; readonly at?: number }
  | { to: number; expected: Expected; opens?: Bracket; closes?: true }

const SPACE = /[ \t\r\n]*/y
const STRING_UP_TO_FAULT =
  /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*/y
const WORD_OR_NUMBER = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

function stepAt(text: string, at: number, expected: Expected, within: Bracket | undefined): Step {
  const next = text[at]
  const close = within === '{' ? '}' : ']'
  if (expected === 'comma or end' && !within) {
    return next === undefined ? 'sound' : { cause: 'something follows its end' }
  }
  if (next === undefined) {
    return { cause: within ? `it ends before the closing ${close}` : 'a value is missing' }
  }
  if (next === '/') return { cause: 'JSON has no comments' }
  const mayClose = expected === 'comma or end' || expected.startsWith('first')
  if (mayClose && next === close) return { to: at + 1, expected: 'comma or end', closes: true }
  switch (expected) {
    case 'comma or end':
      if (next !== ',') return { cause: `a comma or ${close} is missing before this` }
      return { to: at + 1, expected: within === '{' ? 'name' : 'value' }
    case 'colon':
      if (next !== ':') return { cause: 'a colon is missing after a name' }
      return { to: at + 1, expected: 'value' }
    case 'name':
    case 'first name':
      if (next === '"') return stringAt(text, at, 'colon')
      return { cause: next === '}' ? TRAILING_COMMA : 'a name needs double quotes' }
    default:
      return valueAt(text, at, within)
  }
}

function valueAt(text: string, at: number, within: Bracket | undefined): Step {
  const next = text[at] ?? ''
  if (next === '{') return { to: at + 1, expected: 'first name', opens: '{' }
  if (next === '[') return { to: at + 1, expected: 'first item', opens: '[' }
  if (next === '"') return stringAt(text, at, 'comma or end')
  const to = endOf(WORD_OR_NUMBER, text, at)
  if (to > at) return { to, expected: 'comma or end' }
  if (next === ']' && within === '[') return { cause: TRAILING_COMMA }
  if (']},:'.includes(next)) return { cause: 'a value is missing before this' }
  return { cause: 'a text needs double quotes' }
}

function stringAt(text: string, at: number, expected: Expected): Step {
  const end = endOf(STRING_UP_TO_FAULT, text, at)
  const next = text[end]
  if (next === '"') return { to: end + 1, expected }
  if (next === undefined) return { at, cause: 'the quote that begins here is never closed' }
  if (next === '\\') {
    return { at: end, cause: 'no such escape is known: a backslash is written as \\\\' }
  }
  if (next === '\n' || next === '\r') {
    return { at, cause: 'the text that begins here goes over its line: a line break is \\n' }
  }
  return { at: end, cause: 'a control character within a text is written as \\u and four digits' }
}

const TRAILING_COMMA = 'nothing follows the comma before this: take the comma away'

/** Where what an expression finds at a place ends; the place itself when it finds nothing. */
function endOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at
  return at + (expression.exec(text)?.[0].length ?? 0)
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
