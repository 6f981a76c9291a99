import { TerraformRemoteState, TerraformStack, type TerraformElement } from 'cdktn'
import { clearTextIn, type ClearText, type References } from './clear-text.ts'
import {
  contentsOf,
  elementsBelow,
  rendering,
  together,
  type Block,
  type Contents,
} from './rendering.ts'

/** What the names in a stack's expressions stand for: its elements, and what is laid over them. */
export function referencesIn({ stack, elements, overrides }: Contents): References {
  let known: Names | undefined
  let elsewhere: Names | undefined
  const origins = new Map<string, Outputs | undefined>()
  const called = (name: string) => {
    known ??= byName(elements)
    const own = known.get(name)
    if (own) return own
    // Before the stacks are prepared, what another one has goes by its name there.
    elsewhere ??= byName(elementsBelow(stack.node.root))
    return elsewhere.get(name) ?? []
  }
  /** What the output has at a path. */
  const written = (name: string, path: readonly string[]) => {
    const rendered = called(name).map((element) => at(element.toTerraform(), path))
    return rendering(stack, together([at(overrides, path), ...rendered]))
  }
  return {
    variableDefault: (name) => written(name, ['variable', name, 'default']),
    local: (name) => written(name, ['locals', name]),
    declares(address) {
      const [first = '', ...rest] = address.split('.')
      const block = BLOCKS[first]
      const path = block === undefined ? ['resource', first, ...rest] : [block, ...rest]
      return called(rest.at(-1) ?? '').length > 0 || at(overrides, path) !== undefined
    },
    handedOver(state, output) {
      if (!origins.has(state)) origins.set(state, outputsOf(originOf(called(state))))
      return origins.get(state)?.(output)
    },
  }
}

/** How text gets into an output of another stack. */
type Outputs = (output: string) => ClearText | undefined

function outputsOf(origin: TerraformStack | undefined): Outputs | undefined {
  if (origin === undefined) return undefined
  const contents = contentsOf(origin)
  const elements = byName(contents.elements)
  const references = referencesIn(contents)
  return (output) => {
    const rendered = (elements.get(output) ?? []).map((element) =>
      rendering(origin, at(element.toTerraform(), ['output', output, 'value'])),
    )
    return clearTextIn(together(rendered), references)
  }
}

type Names = ReadonlyMap<string, readonly TerraformElement[]>

function byName(elements: readonly TerraformElement[]): Names {
  const names = new Map<string, TerraformElement[]>()
  for (const element of elements) {
    const same = names.get(element.friendlyUniqueId)
    if (same) same.push(element)
    else names.set(element.friendlyUniqueId, [element])
  }
  return names
}

/** The stack whose state it is, when the frameworks made it for a reference to another stack of the app. */
function originOf(states: readonly TerraformElement[]): TerraformStack | undefined {
  const state = states.find((each) => each instanceof TerraformRemoteState)
  const path = /^cross-stack-reference-input-(.*)$/.exec(state?.node.id ?? '')?.[1]
  return state?.node.root.node
    .findAll()
    .find((each): each is TerraformStack => TerraformStack.isStack(each) && each.node.path === path)
}

/** Where Terraform's JSON keeps what an address begins with. */
const BLOCKS: Readonly<Record<string, string>> = {
  data: 'data',
  ephemeral: 'ephemeral',
  var: 'variable',
  local: 'locals',
  module: 'module',
}

const at = (block: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, name) => (inner as Block | undefined)?.[name], block)
