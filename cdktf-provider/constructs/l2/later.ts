import { Token } from 'cdktn'

/**
 * Text that is asked for once, when the stack is synthesized. A resource is named by then, so that
 * `overrideLogicalId` may be called after others refer to it.
 */
export function later(text: () => string): string {
  let asked: string | undefined
  // Not a `Lazy`, which asks at every pass, and captures the call stack: half of the time of a synth.
  return Token.asString({ creationStack: [], resolve: () => (asked ??= text()) })
}
