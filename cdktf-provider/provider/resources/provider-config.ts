import type { State } from '../../plugin/index.ts'
import { configFields, type configAttributes } from '../gen/config-attributes.ts'

/** `config` as it stands in a plan or a state. */
export type ConfigState = State<typeof configAttributes>

type Attribute = keyof ConfigState

const attributes = Object.keys(configFields) as Attribute[]

/** A config in the API's names, nulls left out. */
export const toApi = (config: ConfigState): Record<string, unknown> =>
  Object.fromEntries(
    attributes.flatMap((attribute) =>
      config[attribute] === null ? [] : [[configFields[attribute].key, config[attribute]]],
    ),
  )

/** The same for a configuration of which some is not known yet, kept as it is. */
export const toApiProposed = (config: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(config).map(([attribute, value]) => [
      configFields[attribute as Attribute].key,
      value as unknown,
    ]),
  )

/**
 * What has to be sent to get from one config to another: changed fields, and null for those that go.
 * When a destination changes, every credential goes with it, for the API keeps none across that.
 */
export function changesBetween(prior: ConfigState, planned: ConfigState): Record<string, unknown> {
  const changed = attributes.filter((attribute) => prior[attribute] !== planned[attribute])
  const moved = changed.some((attribute) => configFields[attribute].destination)
  const sent = attributes.filter((attribute) => {
    const resent = moved && configFields[attribute].sensitive && planned[attribute] !== null
    return resent || changed.includes(attribute)
  })
  return Object.fromEntries(
    sent.map((attribute) => [configFields[attribute].key, planned[attribute]]),
  )
}

/**
 * What the API holds, as state. A credential is shown only as set or not set: when it is set the
 * state's own stands. A default that nobody wrote stays unwritten.
 */
export function fromApi(
  found: Readonly<Record<string, unknown>>,
  state: ConfigState | null,
): ConfigState {
  const entries = attributes.map((attribute) => {
    const { key, sensitive, default: otherwise } = configFields[attribute]
    const value = Object.hasOwn(found, key) ? found[key] : null
    const before = state?.[attribute] ?? null
    if (sensitive) return [attribute, value === null ? null : before]
    return [attribute, before === null && value === otherwise ? null : value]
  })
  return Object.fromEntries(entries) as ConfigState
}
