import { BackendFailure } from '../backend.ts'
import type { OutboundAnswer, OutboundRequest } from './exchange.ts'

const maxRetries = 2
const firstDelayMs = 100
/** A store that asks for more patience than this is left alone: the caller is told instead. */
const longestDelayMs = 2000

/** What became of one attempt: an answer, or why there was none. */
export type Outcome = OutboundAnswer | BackendFailure

export interface RetryOptions {
  readonly retries: number
  readonly random: () => number
  readonly request: Pick<OutboundRequest, 'isFinal' | 'isThrottled' | 'once'>
}

/** How long to wait before trying again; `null` when trying again is no use. */
export function retryDelayMs(
  outcome: Outcome,
  { retries, random, request }: RetryOptions,
): number | null {
  if (retries >= maxRetries || !mayPass(outcome, request)) return null
  // Half of it by chance, so that those who failed together do not come back together.
  const delayMs = firstDelayMs * 2 ** retries * (0.5 + random() / 2)
  const askedMs = outcome instanceof BackendFailure ? 0 : (retryAfterSeconds(outcome) ?? 0) * 1000
  return askedMs > longestDelayMs ? null : Math.max(delayMs, askedMs)
}

/** What `Retry-After` asks for, when it does so in seconds. */
export function retryAfterSeconds(answer: OutboundAnswer): number | undefined {
  const text = answer.headers['retry-after']?.trim() ?? ''
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

// 412: Vault has not yet caught up with a write it acknowledged. 501 will not change its mind.
// Never 401, 403 or 404: asking again locks accounts and helps nobody.
const passingStatus: ReadonlySet<number> = new Set([412, 429, 500, 502, 503, 504])

function mayPass(
  outcome: Outcome,
  { isFinal, isThrottled, once }: RetryOptions['request'],
): boolean {
  if (!(outcome instanceof BackendFailure)) {
    if (isFinal?.(outcome)) return false
    if (outcome.status === 429 || isThrottled?.(outcome)) return true
    return !once && passingStatus.has(outcome.status)
  }
  if (once && !outcome.notSent) return false
  return outcome.code === 'unreachable' && passingCodes.has(causeCode(outcome) ?? '')
}

/** Troubles of a connection that the next one may not have. A wrong certificate stays wrong. */
const passingCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
])

function causeCode(failure: BackendFailure): string | undefined {
  return (failure.cause as { code?: string } | undefined)?.code
}
