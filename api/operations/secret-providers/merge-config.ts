import { MASK } from '../../../contract/masking.ts'
import {
  configIssues,
  fieldsOf,
  parseConfig,
  type ProviderType,
} from '../../../contract/schemas/provider-types/index.ts'
import type { FieldIssue } from '../../../contract/field-errors.ts'
import { Invalid } from '../../errors.ts'
import {
  destinationFieldsOf,
  sensitiveFieldsOf,
  type Config,
} from '../../resolver/provider-config.ts'

/**
 * Applies a JSON Merge Patch to a config: absent keeps, `null` clears, and the exact mask keeps a
 * sensitive field. A change of `authMethod` clears the fields of the former method. Throws `Invalid`
 * with everything that is wrong with the outcome.
 */
export function mergeConfig(type: ProviderType, current: Config, patch: Config): Config {
  const sensitive = sensitiveFieldsOf(type)
  const known = new Set(fieldsOf(type).map(({ key }) => key))
  const issues: FieldIssue[] = []
  const merged: Record<string, unknown> = withoutFormerMethod(type, current, patch)
  for (const [key, value] of Object.entries(patch)) {
    if (sensitive.has(key) && value === MASK && Object.hasOwn(merged, key)) continue
    // What the type does not have stays, even as null, and is refused as the unknown field it is.
    if (value === null && known.has(key)) Reflect.deleteProperty(merged, key)
    else define(merged, key, value)
  }
  for (const { path, ...issue } of configIssues(type, merged)) {
    issues.push({ ...issue, path: ['config', ...path] })
  }
  issues.push(...credentialsLeftBehind(type, current, patch, merged))
  if (issues.length > 0) throw new Invalid(issues)
  return parseConfig(type, merged)
}

/** A stored credential never travels to a new destination: each that stays set must be given again. */
function credentialsLeftBehind(
  type: ProviderType,
  current: Config,
  patch: Config,
  merged: Config,
): FieldIssue[] {
  const moved = destinationFieldsOf(type).filter((key) => merged[key] !== current[key])
  if (moved.length === 0) return []
  const fresh = (key: string) => {
    const value = Object.hasOwn(patch, key) ? patch[key] : undefined
    return value !== undefined && value !== MASK // any other mask is refused already
  }
  return [...sensitiveFieldsOf(type)]
    .filter((key) => Object.hasOwn(merged, key) && !fresh(key))
    .map((key) => ({
      path: ['config', key],
      code: 'destination_changed',
      detail: `Give \`${key}\` again: \`${moved[0]}\` changes, and a stored credential never travels to a new destination.`,
    }))
}

function withoutFormerMethod(type: ProviderType, current: Config, patch: Config): Config {
  const fields = fieldsOf(type)
  const switches = fields.filter(({ when }) => when !== undefined)
  const defaults = new Map(fields.map(({ key, default: otherwise }) => [key, otherwise]))
  const chosen = { ...current, ...patch }
  const choice = (key: string) => chosen[key] ?? defaults.get(key) // cleared: its default again
  const stays = (key: string) => {
    const variants = switches.filter((field) => field.key === key)
    if (variants.length === 0) return true
    return variants.some(({ when = {} }) =>
      Object.entries(when).every(([other, values]) =>
        [values].flat().includes(choice(other) as string),
      ),
    )
  }
  return Object.fromEntries(Object.entries(current).filter(([key]) => stays(key)))
}

/** Sets a key of any name, `__proto__` included, as a plain member. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}
