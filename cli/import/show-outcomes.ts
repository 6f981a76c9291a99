import type { Shell } from '../shell.ts'
import { printable, table } from '../table.ts'
import type { Outcome } from './send-rows.ts'

export interface ShowOptions {
  /** All of them were written. */
  readonly applied: boolean
  /** Nothing was written: it was only tried. */
  readonly tried: boolean
  /** What people are told after the counts. */
  readonly note?: string
  readonly json: true | undefined
}

/** Shows what happened, or would have: names and reasons, and never a value. */
export function showOutcomes(
  shell: Shell,
  outcomes: readonly Outcome[],
  { applied, tried, note = '', json }: ShowOptions,
): void {
  if (json) {
    shell.out(`${JSON.stringify({ applied, items: outcomes }, null, 2)}\n`)
    return
  }
  const of = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind)
  const [created, changed, refused] = [of('created'), of('changed'), of('refused')]
  const words = tried
    ? { created: 'would create', changed: 'would change' }
    : { created: 'created', changed: 'changed' }
  if (refused.length === 0 && created.length + changed.length > 0) {
    const shown = new Set([...created.slice(0, MOST_SHOWN), ...changed.slice(0, MOST_SHOWN)])
    const rows = [...shown].map(({ name = '', outcome }) => [
      name,
      outcome === 'created' ? words.created : words.changed,
    ])
    shell.out(table([['NAME', 'OUTCOME'], ...rows]))
    shell.out(sayMore(created, words.created) + sayMore(changed, words.changed))
  }
  for (const refusal of refused.slice(0, MOST_SHOWN)) shell.err(`${sentenceFor(refusal)}\n`)
  shell.err(sayMore(refused, 'refused'))

  const unchanged = of('unchanged').length
  const counts = !tried
    ? `${created.length} created, ${changed.length} changed, ${unchanged} unchanged, ${refused.length} refused.`
    : refused.length > 0
      ? `${refused.length} refused. Nothing was written.`
      : `Would create ${created.length} and change ${changed.length}; ${unchanged} unchanged. Nothing was written.`
  shell.err(`${counts} ${note}`.trimEnd() + '\n')
}

/** More of one kind than this are for programs. */
const MOST_SHOWN = 20

const sayMore = ({ length }: readonly Outcome[], words: string): string =>
  length > MOST_SHOWN ? `... and ${length - MOST_SHOWN} more: ${words} (all with --json)\n` : ''

function sentenceFor({ name, line, item, detail = '' }: Outcome): string {
  const where = [
    name === undefined ? [] : printable(name),
    item === undefined ? [] : `item ${item}`,
    line === undefined ? [] : `line ${line}`,
  ]
  const shown = where.flat().join(', ')
  return shown === '' ? detail : `${shown}: ${detail}`
}
