import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  Scalar,
  type CST,
  type ErrorCode,
  type YAMLError,
} from 'yaml'
import { CliError } from '../cli-error.ts'
import type { Node } from './document.ts'

/** Reads YAML into nodes. Every scalar is the text that stands there, so `port: 0123` keeps its zero. */
export function parseYaml(text: string): Node {
  const lineCounter = new LineCounter()
  const lineAt: LineAt = (offset = 0) => lineCounter.linePos(offset).line
  const tokens = [...new Parser(lineCounter.addNewLine).parse(text)]
  if (tokens.some(isTooDeep)) throw CliError.no('The file is nested too deeply.')
  const [document, another] = new Composer(options).compose(tokens, true, text.length)
  const [error] = document?.errors ?? []
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    throw CliError.no(`The file is not YAML (line ${line}, column ${col}): ${wordsFor(error)}.`)
  }
  if (another) throw CliError.no('The file has several YAML documents in it. Import one at a time.')
  return toNode(document?.contents, 1, lineAt)
}

const options = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false, // told apart later, all of them by name
  prettyErrors: false,
} as const

/** What is wrong, in the library's words only where they do not quote the text, which holds values. */
function wordsFor({ code, message }: YAMLError): string {
  const own = ownWords[code]
  if (own !== undefined) return own
  if (!quotesNothing.has(code)) return 'this cannot stand here; a value with it needs quotes'
  const [first = ''] = message.split('\n')
  return `${first.slice(0, 1).toLowerCase()}${first.slice(1)}`
}

const ownWords: { readonly [Code in ErrorCode]?: string } = {
  TAB_AS_INDENT: 'a line is indented with a tab; use spaces',
  BAD_DQ_ESCAPE: 'no such escape is known; within "…" a backslash is written as \\\\',
  BLOCK_AS_IMPLICIT_KEY: 'a second name on one line; a value with a colon and a space needs quotes',
}

const quotesNothing: ReadonlySet<ErrorCode> = new Set([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_INDENT',
  'BAD_PROP_ORDER',
  'BLOCK_IN_FLOW',
  'KEY_OVER_1024_CHARS',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
])

/** Composing and reading descend with the document, and a stack that ends within V8 ends the process. */
function isTooDeep(token: CST.Token): boolean {
  let level: CST.Token[] = [token]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    level = level.flatMap(inside)
  }
  return false
}

const MAX_DEPTH = 100

function inside(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : []
  if (!('items' in token)) return []
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat())
}

type LineAt = (offset: number | undefined) => number

/** @param line - of who contains it, for what has no place of its own */
function toNode(node: unknown, line: number, lineAt: LineAt): Node {
  const other = (detail: string): Node => ({ line, kind: 'other', detail })
  if (isAlias(node)) return other('is an alias. Write the value out.')
  if (isScalar(node)) return scalar(node, lineAt(node.range?.[0]))
  if (isSeq(node)) {
    const ownLine = lineAt(node.range?.[0])
    const items = node.items.map((item) => toNode(item, ownLine, lineAt))
    return { line: ownLine, kind: 'list', items }
  }
  if (!isMap(node)) return other('is missing. Leave the name out, or write "" for an empty value.')
  const ownLine = lineAt(node.range?.[0])
  const members = node.items.map(({ key, value }) => {
    const name = toNode(key, ownLine, lineAt)
    if (name.kind !== 'text') throw CliError.no(`A name must be a text (line ${name.line}).`)
    return { name: name.text, line: name.line, value: toNode(value, name.line, lineAt) }
  })
  return { line: ownLine, kind: 'map', members }
}

function scalar({ value, type, tag }: Scalar, line: number): Node {
  const other = (detail: string): Node => ({ line, kind: 'other', detail })
  if (tag !== undefined && tag !== 'tag:yaml.org,2002:str') {
    return other(
      'has a tag. Take the tag away; a binary value is given in a list, with `encoding: base64`.',
    )
  }
  if (type === Scalar.PLAIN && /^(|~|null|Null|NULL)$/.test(String(value))) {
    return other('is null. Leave the name out, or write "" for an empty value.')
  }
  return { line, kind: 'text', text: String(value) }
}
