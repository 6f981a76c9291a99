import { isUtf8 } from 'node:buffer'
import { fieldIssues, type FieldIssue } from '../../contract/field-errors.ts'
import { secretImport } from '../../contract/schemas/secret-import.ts'
import type { Call } from '../../contract/schemas/index.ts'
import { FernetError, openFernet, type FernetKey } from './fernet.ts'
import type { Refusal, Row, Rows } from './rows.ts'

export type Item = Call<'ImportSecrets'>['body']['items'][number]

/** A row that may be sent. */
export interface Checked {
  readonly item: Item
  readonly row: Row
}

export interface CheckOptions {
  /** For rows that name none. */
  readonly category?: string | undefined
  /** When given, every value is a Fernet token. */
  readonly fernetKeys?: readonly FernetKey[] | undefined
}

/**
 * Holds every row against the rules that the API has for one item, so that each bad one is named at
 * once, in one refusal. Of a name that comes more than once no row is sent.
 */
export function checkRows(
  { rows, refused }: Rows,
  options: CheckOptions,
): { readonly checked: Checked[]; readonly refused: Refusal[] } {
  const checked: Checked[] = []
  const refusals = [...refused]
  const repeated = repeatedNames(rows)
  for (const row of rows) {
    const same = repeated.get(row.fields.name)
    const { item, complaints } = check(row, options)
    if (same?.[1] === row) complaints.unshift(sayRepeated(same))
    if (complaints.length > 0) refusals.push(refusal(row, complaints.join(' ')))
    else if (item && !same) checked.push({ item, row })
  }
  return { checked, refused: refusals }
}

/** A row as it is sent, or all that is wrong with it alone. */
function check(row: Row, options: CheckOptions): { item?: Item; complaints: string[] } {
  try {
    const item = withOptions(row, options)
    const { success, error, data } = itemSchema.safeParse(item)
    if (success) return { item: data, complaints: [] }
    return { complaints: fieldIssues(error, item).map((issue) => complaint(issue, row)) }
  } catch (error) {
    if (!(error instanceof FernetError)) throw error
    return { complaints: [error.message] }
  }
}

const itemSchema = secretImport.ImportSecrets.body.shape.items.element

const refusal = ({ fields, line, item }: Row, detail: string): Refusal => ({
  name: fields.name,
  line,
  item,
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

/** A complaint about the name itself needs no mention of the field, unless the name is missing. */
function complaint({ path, detail }: FieldIssue, { fields }: Row): string {
  const isAboutName = path[0] === 'name' && fields.name !== undefined
  return path.length === 0 || isAboutName ? detail : `\`${path.map(String).join('.')}\`: ${detail}`
}

/** The rows of each name that comes more than once. */
function repeatedNames(rows: readonly Row[]): Map<string | undefined, Row[]> {
  const byName = new Map<string | undefined, Row[]>()
  for (const row of rows) {
    const same = byName.get(row.fields.name)
    if (same) same.push(row)
    else byName.set(row.fields.name, [row])
  }
  byName.delete(undefined)
  for (const [name, same] of byName) if (same.length === 1) byName.delete(name)
  return byName
}

/** A file may be one long line, and then an item of a list says more. */
function sayRepeated(same: readonly Row[]): string {
  const items = same.flatMap(({ item }) => item ?? [])
  const lines = [...new Set(same.map(({ line }) => line))]
  const where =
    items.length > 0
      ? `items ${items.join(', ')}`
      : `line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`
  return `The name is given ${same.length} times (${where}), and only one value can be kept.`
}
