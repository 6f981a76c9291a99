import type { ObjectValue, Value } from '../values/value.ts'
import { isObject } from '../values/value.ts'
import { object, text, type Attribute } from './attributes.ts'
import {
  OutcomeUnknown,
  TerraformError,
  isOutcomeUnknown,
  type Diagnostics,
} from './diagnostics.ts'

export type Operation = 'create' | 'read' | 'update' | 'delete'

/**
 * The block `timeouts { create = "5m" }`. A resource that has it as its attribute `timeouts` need do
 * nothing more: the signal of a call that takes longer is aborted, and the user told which limit it was.
 */
export const timeouts = object('How long an operation may take, such as `30s` or `5m`.', {
  create: text('Limit for creating it.').optional(),
  read: text('Limit for reading it.').optional(),
  update: text('Limit for changing it.').optional(),
  delete: text('Limit for deleting it.').optional(),
}).block()

/** Runs a handler within the limit that the configuration gives for the operation, if it gives one. */
export async function inTime<T>(
  operation: Operation,
  { type, attributes }: { readonly type: string; readonly attributes: object },
  state: ObjectValue,
  parent: AbortSignal,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const limit = limitsIn(attributes, state)?.[operation]
  const limitMs = typeof limit === 'string' ? durationMs(limit) : undefined
  if (typeof limit !== 'string' || limitMs === undefined) return await work(parent)
  const controller = new AbortController()
  const stop = () => controller.abort(parent.reason)
  if (parent.aborted) stop()
  else parent.addEventListener('abort', stop, { once: true })
  const late = tookTooLong(operation, type, limit)
  const timer = setTimeout(() => controller.abort(late), limitMs)
  try {
    return await work(controller.signal)
  } catch (error) {
    // What the handler says of the abort names no limit; an answer that it had by then is another matter.
    const said = error instanceof TerraformError && !isOutcomeUnknown(error)
    throw controller.signal.reason === late && !said ? late : error
  } finally {
    clearTimeout(timer)
    parent.removeEventListener('abort', stop)
  }
}

/** Refuses what is no duration. */
export function checkTimeouts(
  attributes: Readonly<Record<string, Attribute>>,
  config: ObjectValue,
  diagnostics: Diagnostics,
): void {
  for (const [operation, limit] of Object.entries(limitsIn(attributes, config) ?? {})) {
    if (typeof limit !== 'string' || durationMs(limit) !== undefined) continue
    diagnostics.error({
      summary: `The timeout of \`${operation}\` is not valid.`,
      detail: 'Give a number and its unit, `s`, `m` or `h`: `30s`, `5m`, `1h30m`.',
      path: ['timeouts', operation],
    })
  }
}

function limitsIn(
  attributes: object,
  state: ObjectValue,
): Readonly<Record<string, Value>> | undefined {
  const given = (attributes as { readonly timeouts?: unknown }).timeouts === timeouts
  const limits = given ? (state['timeouts'] ?? null) : null
  return isObject(limits) ? limits : undefined
}

/** What `30s`, `5m` or `1h30m` is in milliseconds; undefined for what is no duration. */
export function durationMs(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? []
  const ms = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000
  // What setTimeout can wait for.
  return ms > 0 && ms < 2 ** 31 ? ms : undefined
}

const tookTooLong = (operation: Operation, type: string, limit: string): OutcomeUnknown =>
  new OutcomeUnknown({
    summary: `${type}: ${operation} took longer than its timeout of ${limit}.`,
    detail: `${operation === 'read' ? '' : 'What was asked may have happened; the next plan looks. '}Raise the limit in the block \`timeouts\`, or see why it takes so long.`,
  })
