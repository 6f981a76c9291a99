import type {
  ClientOptions,
  Transport,
  TransportRequest,
  TransportResponse,
} from '../../../contract/client.ts'
import { askedPauseMs, jittered, realPacing } from '../../../contract/waiting.ts'

/** A limit that lasts longer than this is told to the user. */
const PATIENCE_MS = 10 * 60_000

/** The pause after a refusal that asks for none. */
const UNTOLD_MS = 1000

/**
 * Obeys a rate limit for all requests together. Terraform works on ten resources at once; would each
 * come back by itself when the API says so, they would refuse each other again, and some would give
 * up. So while there is a limit they stand in line, and the first of them waits for all.
 */
export function queueWhenLimited(
  send: Transport,
  { pacing = realPacing, onPause = () => {} }: Pick<ClientOptions, 'pacing' | 'onPause'> = {},
): Transport {
  let inLine = 0
  /** Since the line began: who comes late does not wait as long again. */
  let pausedMs = 0
  let last = Promise.resolve()

  async function sendInTurn(
    request: TransportRequest,
    refusal?: TransportResponse,
  ): Promise<TransportResponse> {
    const turn = last
    let leave = () => {}
    last = new Promise((resolve) => (leave = resolve))
    inLine += 1
    // Whoever begins the line has just been told how long it takes.
    let response = inLine === 1 ? refusal : undefined
    try {
      await orAborted(turn, request.signal)
      for (;;) {
        response ??= await send(request)
        if (response.status !== 429) return response
        const asked = askedPauseMs(response.header('retry-after'), pacing.now) ?? UNTOLD_MS
        const pauseMs = jittered(asked, pacing.random)
        if (pausedMs + pauseMs > PATIENCE_MS) return response
        onPause({ operation: request.operation, status: response.status, pauseMs })
        await pacing.wait(pauseMs, request.signal)
        pausedMs += pauseMs
        response = undefined
      }
    } finally {
      inLine -= 1
      if (inLine === 0) pausedMs = 0
      void turn.then(leave)
    }
  }

  return async (request) => {
    if (inLine > 0) return await sendInTurn(request)
    const response = await send(request)
    return response.status === 429 ? await sendInTurn(request, response) : response
  }
}

async function orAborted(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason as Error)
    signal?.addEventListener('abort', stop, { once: true })
  })
  try {
    await Promise.race([turn, aborted])
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
