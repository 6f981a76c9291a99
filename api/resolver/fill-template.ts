import { MAX_ENV_BYTES } from '../../contract/schemas/value-size.ts'
import { parseTemplate } from '../../contract/template.ts'
import { SecretValue } from '../keyring/secret-value.ts'
import type { EnvOutcome, Part } from './resolve-envs.ts'
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

/** Puts values into their places. What Linux would refuse is a failure, and not a value. */
export function fillTemplate(
  name: string,
  { template, secrets }: WantedTemplate,
  parts: readonly Part[],
): EnvOutcome {
  const places = new Map<number, Buffer>()
  for (const [index, { positions }] of secrets.entries()) {
    const bytes = parts[index]?.value.reveal()
    if (bytes) for (const position of positions) places.set(position, bytes)
  }
  let place = 0
  const pieces = parseTemplate(template).map((part) => {
    if (typeof part === 'string') return Buffer.from(part)
    const bytes = places.get(place++)
    if (!bytes) throw new Error('A template with a place that nothing fills.')
    return bytes
  })
  const value = Buffer.concat(pieces)
  const whole = name.length + '='.length + value.length + '\0'.length
  if (whole > MAX_ENV_BYTES) {
    const detail = `The env has ${whole} bytes with its name and the NUL at its end, and Linux takes at most ${MAX_ENV_BYTES} for one.`
    return { name, failed: [{ failure: { env: name, code: 'too_large', detail } }] }
  }
  return { name, kind: 'template', value: SecretValue.fromBytes(value), parts }
}
