import { Token } from 'cdktn'
import type { IConstruct } from 'constructs'
import { StackChecks } from './checks/stack-checks.ts'

/**
 * Text that is asked for once, when the stack is synthesized. A resource is named by then, so that
 * `overrideLogicalId` may be called after others refer to it.
 */
export function later(construct: IConstruct, text: () => string): string {
  let asked: string | undefined
  const ask = () => (asked ??= text())
  // Each reference captures the call stack, all of it. Deep in a rendering that takes half of a synth.
  StackChecks.of(construct).askFirst(ask)
  // Not a `Lazy`, which asks at every pass, and captures the call stack too.
  return Token.asString({ creationStack: [], resolve: ask })
}
