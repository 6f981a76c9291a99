import type { Shell } from '../shell.ts'
import { printable, table } from '../table.ts'
import type { Outcome } from './send-rows.ts'

export interface ShowOptions {
  /** All of them were written. */
  readonly applied: boolean
  /** What people are told after the counts. */
  readonly note?: string
  readonly json: true | undefined
}

/** Shows what happened, or would have: names and reasons, and never a value. */
export function showOutcomes(
  shell: Shell,
  outcomes: readonly Outcome[],
  { applied, note = '', json }: ShowOptions,
): void {
  if (json) {
    shell.out(`${JSON.stringify({ applied, items: outcomes }, null, 2)}\n`)
    return
  }
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused')
  const seen = outcomes.filter(({ outcome }) => outcome === 'created' || outcome === 'changed')
  if (refused.length === 0 && seen.length > 0) {
    shell.out(
      table([['NAME', 'OUTCOME'], ...seen.map(({ name = '', outcome }) => [name, outcome])]),
    )
  }
  for (const refusal of refused) shell.err(`${sentenceFor(refusal)}\n`)
  const kinds = ['created', 'changed', 'unchanged', 'refused'] as const
  const counts = kinds.map((kind) => `${count(outcomes, kind)} ${kind}`).join(', ')
  shell.err(`${counts}. ${note}`.trimEnd() + '\n')
}

const count = (outcomes: readonly Outcome[], kind: Outcome['outcome']): number =>
  outcomes.filter(({ outcome }) => outcome === kind).length

function sentenceFor({ name, line, detail = '' }: Outcome): string {
  const where = [
    name === undefined ? [] : printable(name),
    line === undefined ? [] : `line ${line}`,
  ]
  const shown = where.flat().join(', ')
  return shown === '' ? detail : `${shown}: ${detail}`
}
