import { createHash } from 'node:crypto'
import { Token } from 'cdktn'
import type { IConstruct } from 'constructs'

/**
 * A construct id of these texts, in letters, digits, `_` and `-`, as Terraform takes them. Texts that
 * have others get a hash, so that two that differ stay two. Tokens are left out: what stands for one
 * differs from run to run, and an address may not.
 */
export function constructId(...given: readonly string[]): string {
  const texts = given.filter((text) => text && !Token.isUnresolved(text))
  if (texts.length === 0) return 'unnamed'
  const whole = texts.join('-')
  const plain = whole.replace(/[^\w-]+/g, '-')
  const isOne = texts.length === 1 || texts.every((text) => !text.includes('-'))
  if (plain === whole && isOne) return plain
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 8)
  return `${plain}-${hash}`
}

/** The id, or where it is taken below this construct, the id with a number that is free. */
export function freeId(construct: IConstruct, id: string): string {
  if (!construct.node.tryFindChild(id)) return id
  let number = 2
  while (construct.node.tryFindChild(`${id}-${number}`)) number += 1
  return `${id}-${number}`
}
