import { ApiError, ApiUnreachable, type Client } from '../../contract/client.ts'
import { CliError } from '../cli-error.ts'
import type { Shell } from '../shell.ts'
import { batches } from './batches.ts'
import type { Checked, Item } from './check-rows.ts'

/** How it went, or would go, with one row. */
export interface Outcome {
  readonly name?: string | undefined
  readonly line?: number | undefined
  readonly item?: number | undefined
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  readonly secretId?: string | undefined
  readonly code?: string | undefined
  readonly detail?: string | undefined
}

/** Where the secrets belong and are kept, as far as the token and the organization do not tell. */
export interface Place {
  readonly organizationId?: string
  readonly scopeId?: string
  readonly storage?: 'local'
}

export interface SendOptions {
  readonly client: Client
  readonly place: Place
  readonly dryRun: boolean
  readonly shell: Shell
}

/**
 * Sends rows in as many requests as they need. Each is taken as a whole or not at all; when one is
 * refused in earnest, or somebody asks to stop, the rest is not sent. Rejects with how many were
 * written when it ends early for another reason than a refusal.
 */
export async function sendRows(rows: readonly Checked[], options: SendOptions): Promise<Outcome[]> {
  const { dryRun, shell } = options
  const outcomes: Outcome[] = []
  const progress = showProgress(shell, dryRun ? 'checked' : 'imported', rows.length)
  const interruption = listen(shell)
  const stopped = () =>
    CliError.interrupted(dryRun ? 'Nothing was written.' : sayWritten(outcomes, rows))
  try {
    for (const batch of batches(rows, sizeOf)) {
      if (interruption.came) throw stopped()
      progress.at(outcomes.length)
      const answered = await sendBatch(batch, options)
      const refused = answered.filter(({ outcome }) => outcome === 'refused')
      const isRefused = !dryRun && refused.length > 0
      outcomes.push(...(isRefused ? refused : answered)) // what was not refused was not written either
      if (isRefused) break
    }
    if (dryRun && interruption.came) throw stopped()
    return outcomes
  } catch (error) {
    throw dryRun || outcomes.length === 0 ? error : failedAfter(outcomes, rows, error)
  } finally {
    progress.end()
    interruption.unlisten()
  }
}

/** How many rows a real import has written, going by its outcomes. */
export function sayWritten(outcomes: readonly Outcome[], { length }: readonly Checked[]): string {
  const written = outcomes.filter(({ outcome }) => outcome !== 'refused').length
  return `${written} of ${length} were written; run it again to go on.`
}

function failedAfter(outcomes: readonly Outcome[], rows: readonly Checked[], error: unknown) {
  if (!(error instanceof ApiError || error instanceof ApiUnreachable)) return error
  // An answer that was lost leaves open whether the last request was taken.
  const isKnown = error instanceof ApiError && error.problem.status < 500
  return CliError.no(`${error.message} ${isKnown ? '' : 'At least '}${sayWritten(outcomes, rows)}`)
}

/** Who watches sees each request; a log has a line for every tenth. */
function showProgress({ progress, err }: Shell, verb: string, all: number) {
  let requests = 0
  return {
    at(done: number) {
      const text = `${verb} ${done} of ${all}`
      if (progress) progress(text)
      else if (requests > 0 && requests % 10 === 0) err(`${text}\n`)
      requests++
    },
    end: () => progress?.(''),
  }
}

/** Lets the request under way end, so that it is known what was written. */
function listen(shell: Shell): { readonly came: boolean; readonly unlisten: () => void } {
  let came = false
  const unlisten = shell.onInterrupt(() => {
    came = true
    shell.progress?.('')
    shell.err('Stopping after the request under way; once more stops at once.\n')
  })
  return {
    unlisten,
    get came() {
      return came
    },
  }
}

const sizeOf = ({ item }: Checked): number => Buffer.byteLength(JSON.stringify(item)) + ','.length

async function sendBatch(
  batch: readonly Checked[],
  { client, place, dryRun }: SendOptions,
): Promise<Outcome[]> {
  const items = batch.map(({ item }): Item => item)
  try {
    const answer = await client.call('ImportSecrets', { body: { ...place, dryRun, items } })
    return answer.items.map((item, index) => ({ ...placeOf(batch[index]), ...item }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'invalid') throw error
    const refusals = refusalsIn(error, batch)
    if (refusals.length === 0) throw error
    return refusals
  }
}

const placeOf = (checked: Checked | undefined) => ({
  line: checked?.row.line,
  item: checked?.row.item,
})

/** Complaints about the items themselves, and not about where they should go. */
function refusalsIn({ problem }: ApiError, batch: readonly Checked[]): Outcome[] {
  return (problem.errors ?? []).flatMap((each): Outcome[] => {
    const { pointer, code, detail } = each as { pointer: string; code: string; detail: string }
    const found = /^#\/items(?:\/(\d+))?/.exec(pointer)
    if (!found) return []
    const row = found[1] === undefined ? undefined : batch[Number(found[1])]
    return [{ outcome: 'refused', name: row?.item.name, ...placeOf(row), code, detail }]
  })
}
