import type { IConstruct } from 'constructs'
import type { Complaint } from './stack-checks.ts'

/** Something that can be there once only: a name in its place. */
export interface Claim {
  /** What it is, such as `secret`. */
  readonly noun: string
  /** Where the name has to be unique: two equal texts are one place. */
  readonly place: string
  readonly name: string
  /** What to do about a second one. */
  readonly advice: string
}

/** Tells of every claim that another construct has made before. */
export function claimedTwice(claims: readonly (readonly [IConstruct, Claim])[]): Complaint[] {
  const taken = new Map<string, IConstruct>()
  return claims.flatMap(([construct, { noun, place, name, advice }]) => {
    const first = firstOf(taken, JSON.stringify([noun, place, name]), construct)
    if (first === construct) return []
    const sentence = `Another ${noun} has this name already: ${first.node.path}. ${advice}`
    return [[construct, sentence]]
  })
}

/** Who came first to a key: the construct itself, when nobody did. */
export function firstOf(
  taken: Map<string, IConstruct>,
  key: string,
  construct: IConstruct,
): IConstruct {
  const first = taken.get(key) ?? construct
  taken.set(key, first)
  return first
}
