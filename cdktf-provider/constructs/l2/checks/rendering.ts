import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  Tokenization,
  type TerraformStack,
} from 'cdktn'
import type { IConstruct } from 'constructs'

/** Part of a stack in Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>

/** What the output of a stack is made of. */
export interface Contents {
  readonly stack: TerraformStack
  readonly elements: readonly TerraformElement[]
  /** What `stack.addOverride` lays over what the elements render. */
  readonly overrides: Block
}

export function contentsOf(stack: TerraformStack): Contents {
  const { rawOverrides } = stack as unknown as { readonly rawOverrides: Block }
  // A stack within this one has an output of its own.
  const elements = elementsBelow(stack).filter(({ cdktfStack }) => cdktfStack === stack)
  return { stack, elements, overrides: rendering(stack, rawOverrides) as Block }
}

export const elementsBelow = (construct: IConstruct): TerraformElement[] =>
  construct.node.findAll().filter(TerraformElement.isTerraformElement)

/** The value as the output has it. */
export function rendering(scope: IConstruct, value: unknown): unknown {
  if (value === undefined || value === null) return undefined
  return Tokenization.resolve(value, { scope, preparing: false, resolver })
}

/** What is laid over each other, of which the output may have parts of each. */
export const together = (values: readonly unknown[]): unknown => {
  const given = values.filter((value) => value !== undefined)
  return given.length > 1 ? given : given[0]
}

const resolver = new DefaultTokenResolver(new StringConcat())
