import type { Pause, Transport, TransportRequest } from '../../../contract/client.ts'
import { routes } from '../../../contract/routes.ts'
import { log } from '../../plugin/index.ts'

/**
 * Writes a line for each request that is sent, and how it went. A path is told as the contract has it,
 * with `:id` and without a query, because names are nobody's business who reads a log.
 */
export function logCalls(
  send: Transport,
  { now = () => performance.now() }: { readonly now?: () => number } = {},
): Transport {
  /** A request that is repeated is the same object again. */
  const attempts = new WeakMap<TransportRequest, number>()
  return async (request) => {
    const attempt = (attempts.get(request) ?? 0) + 1
    attempts.set(request, attempt)
    const { method, path: route } = routes[request.operation]
    const began = now()
    const call = () => ({ method, route, attempt, durationMs: Math.round(now() - began) })
    try {
      const response = await send(request)
      const requestId = response.header('x-request-id') ?? undefined
      log('debug', 'the API answered', { ...call(), status: response.status, requestId })
      return response
    } catch (error) {
      log('debug', 'the API did not answer', { ...call(), error })
      throw error
    }
  }
}

/** Says for what a run waits, which else only shows as `Still creating...`. */
export function logPause({ operation, status, pauseMs }: Pause): void {
  const { method, path: route } = routes[operation]
  const why = status === 429 ? 'waiting, for the rate limit' : 'waiting, for the API is away'
  log('info', why, { method, route, status, waitMs: pauseMs })
}
