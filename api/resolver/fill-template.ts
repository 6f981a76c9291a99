import { parseTemplate } from '../../contract/template.ts'
import { SecretValue } from '../keyring/secret-value.ts'
import type { WantedSecret } from './resolver.ts'

/** A text made of secrets, and where each of them goes. */
export interface WantedTemplate {
  readonly kind: 'template'
  readonly template: string
  readonly secrets: readonly {
    readonly secret: WantedSecret
    /** The places it fills, counted from 0. */
    readonly positions: readonly number[]
  }[]
}

/** Puts values into their places: one for each of the secrets, in their order. */
export function fillTemplate(
  { template, secrets }: WantedTemplate,
  values: readonly SecretValue[],
): SecretValue {
  const places = new Map<number, Buffer>()
  for (const [index, { positions }] of secrets.entries()) {
    const bytes = values[index]?.reveal()
    if (bytes) for (const position of positions) places.set(position, bytes)
  }
  let place = 0
  const pieces = parseTemplate(template).map((part) => {
    if (typeof part === 'string') return Buffer.from(part)
    const bytes = places.get(place++)
    if (!bytes) throw new Error('A template with a place that nothing fills.')
    return bytes
  })
  return SecretValue.fromBytes(Buffer.concat(pieces))
}
