import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figure, Missing } from './figure.ts'

/** What came of one bench. */
export interface Result {
  readonly name: string
  readonly figures: readonly (Figure | Missing)[]
  /** Why there are no figures. */
  readonly instead?: string
  readonly failed?: boolean
}

export function print(results: readonly Result[]): void {
  console.log(`\n${tableOf(results)}`)
}

/** Puts the table in the place of the last one. */
export function keep(machine: string, results: readonly Result[]): void {
  const readme = fileURLToPath(new URL('../README.md', import.meta.url))
  const [before] = readFileSync(readme, 'utf8').split(heading)
  writeFileSync(readme, `${before}${heading}\n${machine}.\n\n${tableOf(results)}`)
  const file = fileURLToPath(new URL('../results.json', import.meta.url))
  writeFileSync(file, `${JSON.stringify({ machine, results }, null, 2)}\n`)
}

const heading = '## The last run\n'

/** A table of Markdown, laid out as Prettier would. */
function tableOf(results: readonly Result[]): string {
  const rows = results.flatMap(({ name, figures, instead }) =>
    instead === undefined
      ? figures.map((figure) => [name, ...cellsOf(figure)])
      : [[name, instead.split('\n')[0] ?? '', '', '']],
  )
  const table = [['bench', 'figure', 'measured', 'promise'], ...rows]
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => align(cells[column] ?? '', width, column)).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 2 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  const [head = [], ...body] = table.map(line)
  return [head, rule, ...body].map((text) => `${text}\n`).join('')
}

/** Numbers stand under each other. */
const align = (cell: string, width: number, column: number): string =>
  column === 2 ? cell.padStart(width) : cell.padEnd(width)

function cellsOf(line: Figure | Missing): string[] {
  if ('missing' in line) return [line.missing, '', '']
  const { what, value, unit, promise } = line
  const measured = `${format(value)} ${unit}`
  if (!promise) return [what, measured, '']
  const met = 'atMost' in promise ? value <= promise.atMost : value >= promise.atLeast
  const limit =
    'atMost' in promise ? `at most ${promise.atMost}` : `at least ${format(promise.atLeast)}`
  return [what, measured, `${limit}: ${met ? 'met' : 'not met'}`]
}

/** Three digits that mean something; all of them of what was counted. */
const format = (value: number): string =>
  value >= 100 || Number.isInteger(value)
    ? Math.round(value).toLocaleString('en')
    : value.toPrecision(3)
