import { isUtf8 } from 'node:buffer'
import { fieldIssues } from '../../contract/field-errors.ts'
import { secrets } from '../../contract/schemas/secrets.ts'
import type { Call } from '../../contract/schemas/index.ts'
import { FernetError, openFernet, type FernetKey } from './fernet.ts'
import type { Refusal, Row, Rows } from './rows.ts'

export type Item = Call<'ImportSecrets'>['body']['items'][number]

/** A row that may be sent. */
export interface Checked {
  readonly item: Item
  readonly line: number
}

export interface CheckOptions {
  /** For rows that name none. */
  readonly category?: string | undefined
  /** When given, every value is a Fernet token. */
  readonly fernetKeys?: readonly FernetKey[] | undefined
}

/** Holds every row against the rules that the API has for one item, so that each bad one is named at once. */
export function checkRows(
  { rows, refused }: Rows,
  options: CheckOptions,
): { readonly checked: Checked[]; readonly refused: Refusal[] } {
  const checked: Checked[] = []
  const refusals = [...refused, ...duplicates(rows)]
  for (const row of rows) {
    try {
      const item = withOptions(row, options)
      const { success, error, data } = itemSchema.safeParse(item)
      if (success) checked.push({ item: data, line: row.line })
      else refusals.push(...fieldIssues(error, item).map((issue) => refusal(row, detailOf(issue))))
    } catch (error) {
      if (!(error instanceof FernetError)) throw error
      refusals.push(refusal(row, error.message))
    }
  }
  return { checked, refused: refusals.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}

const itemSchema = secrets.ImportSecrets.body.shape.items.element

const refusal = ({ fields, line }: Row, detail: string): Refusal => ({
  name: fields.name,
  line,
  detail,
})

function withOptions({ fields }: Row, { category, fernetKeys }: CheckOptions) {
  const item = category === undefined ? fields : { category, ...fields }
  if (!fernetKeys || item['value'] === undefined) return item
  if (item['encoding'] !== undefined) {
    throw new FernetError(
      'Leave `encoding` out: a Fernet token is opened to the bytes that went into it.',
    )
  }
  const bytes = openFernet(item['value'], fernetKeys)
  const encoding = isUtf8(bytes) ? 'utf8' : 'base64'
  return { ...item, value: bytes.toString(encoding), encoding }
}

const detailOf = ({ path, detail }: { path: readonly PropertyKey[]; detail: string }): string =>
  path.length === 0 || path[0] === 'name' ? detail : `\`${path.map(String).join('.')}\`: ${detail}`

/** One refusal for each name that comes more than once, at its second place. */
function duplicates(rows: readonly Row[]): Refusal[] {
  const linesOf = new Map<string, number[]>()
  for (const { fields, line } of rows) {
    if (fields.name === undefined) continue
    linesOf.set(fields.name, [...(linesOf.get(fields.name) ?? []), line])
  }
  return [...linesOf].flatMap(([name, lines]) => {
    if (lines.length === 1) return []
    const detail = `The name is given ${lines.length} times (lines ${lines.join(', ')}), and only one value can be kept.`
    return [{ name, line: lines[1], detail }]
  })
}
