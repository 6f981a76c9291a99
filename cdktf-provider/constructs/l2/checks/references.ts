import { TerraformRemoteState, TerraformStack } from 'cdktn'
import { clearTextIn, type ClearText, type References } from './clear-text.ts'
import type { Outputs } from './output.ts'
import { everyAt, isIndex } from './rendered.ts'

/** What the names in a stack's expressions stand for, by what it and the app's other stacks write. */
export function referencesIn(stack: TerraformStack, outputs: Outputs): References {
  const here = outputs.of(stack)
  const find = (path: readonly string[]): unknown[] => {
    const own = everyAt(here, path)
    if (own.length > 0) return own
    // Before the stacks are prepared, what another one has goes by its name there.
    return stacksBeside(stack).flatMap((other) => everyAt(outputs.of(other), path))
  }
  const handedOver = new Map<string, ClearText | undefined>()
  return {
    variableDefault: (name) => together(everyAt(find(['variable', name]), ['default'])),
    local: (name) => together(find(['locals', name])),
    declares: (address) => find(pathOf(address)).length > 0,
    written: (address, path) => together(everyAt(find(pathOf(address)), argumentAt(address, path))),
    handedOver(state, output) {
      const key = JSON.stringify([state, output])
      if (!handedOver.has(key))
        handedOver.set(key, textFrom(originOf(stack, state), output, outputs))
      return handedOver.get(key)
    },
  }
}

/** How text gets into an output of another stack. */
function textFrom(
  origin: TerraformStack | undefined,
  output: string,
  outputs: Outputs,
): ClearText | undefined {
  if (origin === undefined) return undefined
  const value = together(everyAt(outputs.of(origin), ['output', output, 'value']))
  const found = clearTextIn(value, referencesIn(origin, outputs))
  if (found !== undefined) return found
  const variable = /^\$\{var\.([\w-]+)/.exec(String(value))?.[1]
  if (variable === undefined) return undefined
  return { kind: 'variable-elsewhere', by: ` \`${variable}\` of the stack ${origin.node.path}` }
}

/** The stack whose state it is, when the frameworks made it for a reference to another stack of the app. */
function originOf(stack: TerraformStack, state: string): TerraformStack | undefined {
  const reader = stack.node
    .findAll()
    .filter((each) => each instanceof TerraformRemoteState)
    .find(({ friendlyUniqueId }) => friendlyUniqueId === state)
  const path = /^cross-stack-reference-input-(.*)$/.exec(reader?.node.id ?? '')?.[1]
  return stacksBeside(stack).find(({ node }) => node.path === path)
}

export const stacksBeside = (stack: TerraformStack): TerraformStack[] =>
  stack.node.root.node
    .findAll()
    .filter(TerraformStack.isStack)
    .filter((other) => other !== stack)

/** Where Terraform's JSON has what an address names. */
function pathOf(address: string): readonly string[] {
  const [first = '', ...rest] = address.split('.')
  const block = BLOCKS[first]
  return block === undefined ? ['resource', first, ...rest] : [block, ...rest]
}

const BLOCKS: Readonly<Record<string, string>> = {
  data: 'data',
  ephemeral: 'ephemeral',
  var: 'variable',
  local: 'locals',
  module: 'module',
}

/** The argument whose value comes out of a block at a path: without the index of one of several. */
function argumentAt(address: string, path: readonly string[]): readonly string[] {
  const named = path.filter((key) => !isIndex(key))
  const [attribute, ...rest] = named
  return address.startsWith('terraform_data.') && attribute === 'output'
    ? ['input', ...rest]
    : named
}

/** What may be laid over each other, of which the output has parts of each. */
const together = (values: readonly unknown[]): unknown => (values.length > 1 ? values : values[0])
