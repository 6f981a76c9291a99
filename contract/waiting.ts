/** What waiting needs of the world; tests bring their own. */
export interface Pacing {
  /** Waits, or rejects when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
  /** The time of day, for a server that says until when. */
  readonly now: () => number
  /** From 0 up to 1, so that not all come back at the same moment. */
  readonly random: () => number
}

export const realPacing: Pacing = { wait: waitFor, now: Date.now, random: Math.random }

/** The pause that `Retry-After` asks for (RFC 9110, 10.2.3), in seconds or as a date; undefined when it does not. */
export function askedPauseMs(header: string | null, now: () => number): number | undefined {
  if (header === null) return undefined
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now()
  return ms > 0 ? ms : undefined
}

/** A pause, and up to a fifth more of it: never less than was asked for. */
export const jittered = (ms: number, random: () => number): number =>
  Math.round(ms * (1 + random() * 0.2))

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
