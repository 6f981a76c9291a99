import type { Transport, TransportRequest, TransportResponse } from '../../contract/client.ts'

/** A limit that lasts longer than this is told to the user. */
const PATIENCE_MS = 10 * 60_000

/**
 * Obeys a rate limit for all requests together. Terraform works on ten resources at once; would each
 * come back by itself when the API says so, they would refuse each other again, and some would give
 * up. So while there is a limit they stand in line, and the first of them waits for all.
 */
export function queueWhenLimited(
  send: Transport,
  { wait = waitFor }: { readonly wait?: typeof waitFor } = {},
): Transport {
  let inLine = 0
  /** Since the line began: who comes late does not wait as long again. */
  let waited = 0
  let last = Promise.resolve()

  async function sendInTurn(request: TransportRequest): Promise<TransportResponse> {
    const turn = last
    let leave = () => {}
    last = new Promise((resolve) => (leave = resolve))
    inLine += 1
    try {
      await turn
      for (;;) {
        const response = await send(request)
        if (response.status !== 429 || waited > PATIENCE_MS) return response
        const pauseMs = Math.min(Number(response.header('retry-after')) || 1, 60) * 1000
        await wait(pauseMs, request.signal)
        waited += pauseMs
      }
    } finally {
      inLine -= 1
      if (inLine === 0) waited = 0
      leave()
    }
  }

  return async (request) => {
    if (inLine > 0) return await sendInTurn(request)
    const response = await send(request)
    return response.status === 429 ? await sendInTurn(request) : response
  }
}

async function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end, { once: true })
    function end() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
  })
  signal?.throwIfAborted()
}
