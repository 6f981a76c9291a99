import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktn'
import type { IConstruct } from 'constructs'

/** Part of a stack in Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>

/** The value as the output has it. */
export function rendering(scope: IConstruct, value: unknown): unknown {
  if (value === undefined || value === null) return undefined
  return Tokenization.resolve(value, { scope, preparing: false, resolver })
}

const resolver = new DefaultTokenResolver(new StringConcat())
