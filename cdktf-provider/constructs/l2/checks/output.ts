import type { TerraformStack } from 'cdktn'
import type { Block } from './rendered.ts'

/** What looks at a stack before anybody gets its output. */
export interface Gate {
  /** Throws to keep the output back. */
  beforeOutput(output: Block): void
  /** In an app, all stacks are prepared before one of them is written: what refers to others is seen then. */
  beforePreparation(): void
  afterPreparation(): void
}

/**
 * Sets a gate before every output of a stack, in JSON and in HCL, with validations or without. The
 * frameworks have no hook by which all their ways come, so the stack's own methods ask.
 */
export function guard(stack: TerraformStack, gate: Gate): void {
  const render = stack.toTerraform.bind(stack) as () => Block
  const renderHcl = stack.toHclTerraform.bind(stack)
  const prepare = stack.prepareStack.bind(stack)
  unguarded.set(stack, render)
  stack.toTerraform = () => {
    const output = render()
    gate.beforeOutput(output)
    return output
  }
  stack.toHclTerraform = () => {
    gate.beforeOutput(render())
    return renderHcl()
  }
  stack.prepareStack = () => {
    gate.beforePreparation()
    prepare()
    gate.afterPreparation()
  }
}

/** What stacks would write, each rendered once. Good for one look: a stack may change before the next. */
export class Outputs {
  readonly #known = new Map<TerraformStack, Block>()

  /** @param known - what is rendered already */
  constructor(...known: readonly (readonly [TerraformStack, Block])[]) {
    for (const [stack, output] of known) this.#known.set(stack, output)
  }

  of(stack: TerraformStack): Block {
    const known = this.#known.get(stack)
    if (known) return known
    const render = unguarded.get(stack) ?? (() => stack.toTerraform() as Block)
    const output = render()
    this.#known.set(stack, output)
    return output
  }
}

const unguarded = new WeakMap<TerraformStack, () => Block>()
