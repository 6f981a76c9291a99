import {
  TerraformLocal,
  TerraformVariable,
  type TerraformElement,
  type TerraformStack,
} from 'cdktn'
import type { References } from './clear-text.ts'
import { rendering, type Block } from './rendering.ts'

/** What the names in a stack's expressions stand for: its elements, and what is laid over them. */
export function referencesIn(
  stack: TerraformStack,
  elements: readonly TerraformElement[],
  overrides: Block,
): References {
  let known: ReadonlyMap<string, readonly TerraformElement[]> | undefined
  const called = (name: string) => {
    known ??= byName(elements)
    return known.get(name) ?? []
  }
  /** What the output has at a path, of one kind of element. */
  const written = (kind: Kind, name: string, path: readonly string[]) => {
    const element = called(name).find((each) => each instanceof kind)
    return rendering(stack, at(overrides, path) ?? at(element?.toTerraform(), path))
  }
  return {
    variableDefault: (name) => written(TerraformVariable, name, ['variable', name, 'default']),
    local: (name) => written(TerraformLocal, name, ['locals', name]),
    declares(address) {
      const [first = '', ...rest] = address.split('.')
      const block = BLOCKS[first]
      const path = block === undefined ? ['resource', first, ...rest] : [block, ...rest]
      return called(rest.at(-1) ?? '').length > 0 || at(overrides, path) !== undefined
    },
  }
}

function byName(elements: readonly TerraformElement[]): ReadonlyMap<string, TerraformElement[]> {
  const names = new Map<string, TerraformElement[]>()
  for (const element of elements) {
    const same = names.get(element.friendlyUniqueId)
    if (same) same.push(element)
    else names.set(element.friendlyUniqueId, [element])
  }
  return names
}

type Kind = abstract new (...args: never[]) => TerraformElement

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
