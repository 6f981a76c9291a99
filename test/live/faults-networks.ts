import type { FailureCode } from '../../contract/problems.ts'
import type { ToxicProxy } from './servers/toxiproxy.ts'

/** Something that a network does to those who talk over it. */
export interface Fault {
  strike(proxy: ToxicProxy): Promise<void>
  /** How reading a value fails then. */
  readonly code: FailureCode
  /** What is much shorter than a value comes through in time. */
  readonly sparesShortAnswers?: true
}

/** By what is said of such a network: that it … */
export const faults: Readonly<Record<string, Fault>> = {
  'delays answers by 20 s': {
    strike: (proxy) => proxy.poison({ type: 'latency', attributes: { latency: 20_000 } }),
    code: 'timeout',
  },
  'resets connections': {
    strike: (proxy) => proxy.poison({ type: 'reset_peer', attributes: { timeout: 0 } }),
    code: 'unreachable',
  },
  'swallows requests': {
    // Not the answers: a server that has given one may close, and then the client would know.
    strike: (proxy) =>
      proxy.poison({ type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } }),
    code: 'timeout',
  },
  'drips a KB a second': {
    strike: (proxy) => proxy.poison({ type: 'bandwidth', attributes: { rate: 1 } }),
    code: 'timeout',
    sparesShortAnswers: true,
  },
  'stutters every 100 bytes': {
    strike: (proxy) => {
      const attributes = { average_size: 100, size_variation: 10, delay: 100_000 } // µs
      return proxy.poison({ type: 'slicer', attributes })
    },
    code: 'timeout',
    sparesShortAnswers: true,
  },
  'ends answers after 50 bytes': {
    strike: (proxy) => proxy.poison({ type: 'limit_data', attributes: { bytes: 50 } }),
    code: 'unreachable',
  },
  'ends answers amid a value': {
    strike: (proxy) => proxy.poison({ type: 'limit_data', attributes: { bytes: 8000 } }),
    code: 'unreachable',
    sparesShortAnswers: true,
  },
  'refuses connections': { strike: (proxy) => proxy.enable(false), code: 'unreachable' },
}

/** More than all that comes before it, so that an answer can end in its midst; Azure takes 25 KB. */
export const VALUE_BYTES = 20_000

/** Undoes every fault. */
export async function mend(proxy: ToxicProxy): Promise<void> {
  await proxy.heal()
  await proxy.enable(true)
}

/** A breaker that has opened lets a call through after 10 s; until then somebody may ask in vain. */
export const UNTIL_WELL = { timeout: 30_000, interval: 250 }

/** Ten seconds that a resolution may take, or a test of a provider, and half a one for all that is around it. */
export const IN_TIME_MS = 10_500
