import { ApiError, ApiUnreachable, type Client } from '../../contract/client.ts'
import { CliError } from '../cli-error.ts'
import { batches } from './batches.ts'
import type { Checked, Item } from './check-rows.ts'

/** How it went, or would go, with one row. */
export interface Outcome {
  readonly name?: string | undefined
  readonly line?: number | undefined
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  readonly secretId?: string | undefined
  readonly code?: string | undefined
  readonly detail?: string | undefined
}

/** Where the secrets belong, as far as the token does not tell. */
export interface Place {
  readonly organizationId?: string
  readonly scopeId?: string
}

export interface SendOptions {
  readonly client: Client
  readonly place: Place
  readonly dryRun: boolean
  readonly progress: ((text: string) => void) | undefined
}

/** Sends rows in as many requests as they need. When one is refused in earnest, the rest is not sent. */
export async function sendRows(rows: readonly Checked[], options: SendOptions): Promise<Outcome[]> {
  const { dryRun, progress } = options
  const outcomes: Outcome[] = []
  for (const batch of batches(rows, sizeOf)) {
    progress?.(`${dryRun ? 'checked' : 'imported'} ${outcomes.length} of ${rows.length}`)
    const answered = await sendBatch(batch, options).catch((error: unknown) => {
      progress?.('')
      throw outcomes.length > 0 && !dryRun
        ? stoppedAfter(outcomes.length, rows.length, error)
        : error
    })
    const refused = answered.filter(({ outcome }) => outcome === 'refused')
    const isStopped = !dryRun && refused.length > 0
    outcomes.push(...(isStopped ? refused : answered)) // what was not refused was not written either
    if (isStopped) break
  }
  progress?.('')
  return outcomes
}

const sizeOf = ({ item }: Checked): number => Buffer.byteLength(JSON.stringify(item)) + ','.length

async function sendBatch(
  batch: readonly Checked[],
  { client, place, dryRun }: SendOptions,
): Promise<Outcome[]> {
  const items = batch.map(({ item }): Item => item)
  try {
    const answer = await client.call('ImportSecrets', { body: { ...place, dryRun, items } })
    return answer.items.map((item, index) => ({ line: batch[index]?.line, ...item }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'invalid') throw error
    const refusals = refusalsIn(error, batch)
    if (refusals.length === 0) throw error
    return refusals
  }
}

/** Complaints about the items themselves, and not about where they should go. */
function refusalsIn({ problem }: ApiError, batch: readonly Checked[]): Outcome[] {
  return (problem.errors ?? []).flatMap((each): Outcome[] => {
    const { pointer, code, detail } = each as { pointer: string; code: string; detail: string }
    const found = /^#\/items(?:\/(\d+))?/.exec(pointer)
    if (!found) return []
    const row = found[1] === undefined ? undefined : batch[Number(found[1])]
    return [{ outcome: 'refused', name: row?.item.name, line: row?.line, code, detail }]
  })
}

function stoppedAfter(done: number, all: number, error: unknown): unknown {
  if (!(error instanceof ApiError || error instanceof ApiUnreachable)) return error
  return CliError.usage(
    `${error.message} ${done} of ${all} were imported before. Run it again: what is the same by then stays as it is.`,
  )
}
