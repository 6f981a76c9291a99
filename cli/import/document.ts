import type { Refusal, Row, Rows } from './rows.ts'

/** A JSON or YAML document with what a JavaScript object would lose: lines, and names that come twice. */
export type Node = { readonly line: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'map'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  /** What is no text, in words that go on to say what to do. */
  | { readonly kind: 'other'; readonly detail: string }
)

export interface Member {
  readonly name: string
  readonly line: number
  readonly value: Node
}

/** Rows of a map from names to values, or of a list of `{ name, value, … }`; undefined for anything else. */
export function toRows(document: Node): Rows | undefined {
  const rows: Row[] = []
  const refused: Refusal[] = []
  if (document.kind === 'map') {
    for (const { name, line, value } of document.members) {
      if (value.kind === 'text') rows.push({ line, fields: { name, value: value.text } })
      else refused.push({ name, line, detail: `Its value ${noText(value)}` })
    }
    return { rows, refused }
  }
  if (document.kind !== 'list') return undefined
  for (const [index, node] of document.items.entries()) {
    const found = node.kind === 'map' ? itemRow(node) : { line: node.line, detail: NO_ITEM }
    const row = { ...found, item: index + 1 }
    if ('fields' in row) rows.push(row)
    else refused.push(row)
  }
  return { rows, refused }
}

const NO_ITEM = 'An entry of a list is written as { "name": …, "value": … }.'

function itemRow({ line, members }: { line: number; members: readonly Member[] }): Row | Refusal {
  const fields = new Map<string, string>()
  const name = members.find((member) => member.name === 'name' && member.value.kind === 'text')
  const refuse = (detail: string): Refusal => ({
    name: name?.value.kind === 'text' ? name.value.text : undefined,
    line,
    detail,
  })
  for (const member of members) {
    if (fields.has(member.name)) return refuse(`It has \`${member.name}\` twice.`)
    if (member.value.kind !== 'text')
      return refuse(`Its \`${member.name}\` ${noText(member.value)}`)
    fields.set(member.name, member.value.text)
  }
  return { line, fields: Object.fromEntries(fields) }
}

function noText(node: Exclude<Node, { kind: 'text' }>): string {
  if (node.kind === 'other') return node.detail
  const what = node.kind === 'map' ? 'an object' : 'a list'
  return `is ${what}. Give each value in it a name of its own, or write all of it as one text in quotes.`
}
