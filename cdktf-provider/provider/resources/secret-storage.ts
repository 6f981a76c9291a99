import {
  isUnknown,
  unknownValue,
  type Proposed,
  type State,
  type Unknown,
} from '../../plugin/index.ts'
import type { SecretAttributes as A } from './secret-attributes.ts'
import { hasValue, isGiven, sourceIn } from './secret-value.ts'

export type Storage = 'local' | 'remote' | 'managed'

/** Where a new value goes that names no provider. */
type Default = () => Promise<'local' | 'managed' | Unknown>

/** Where the value of a secret lies, by its arguments. Unknown while an argument that decides it is. */
export async function storageOf(
  config: Proposed<A>,
  prior: State<A> | null,
  byDefault: Default,
): Promise<Storage | Unknown> {
  const { provider_id, remote_path } = config
  if (isGiven(remote_path)) return 'remote'
  if (!hasValue(config)) return isUnknown(remote_path) || provider_id !== null ? 'remote' : 'local'
  const source = sourceIn(config)
  // What is unknown may turn out to be null.
  const isSure = config.value_wo_version !== null || (source && isGiven(config[source]))
  if (!isSure || isUnknown(provider_id) || isUnknown(remote_path)) return unknownValue
  if (provider_id !== null) return 'managed'
  if (prior === null || prior.storage === 'remote') return await byDefault()
  // Without a provider before and after, it stays where it is.
  return prior.storage === 'managed' ? 'managed' : 'local'
}

/** Whether a value leaves the provider that keeps it for no place that is named: that is nobody's to guess. */
export const leavesProvider = (config: Proposed<A>, prior: State<A>): boolean =>
  prior.storage === 'managed' &&
  prior.provider_id !== null &&
  config.storage === null &&
  config.provider_id === null &&
  config.remote_path === null &&
  hasValue(config)

/**
 * Whether a secret that we keep says nothing of its value: then it stays as it is, or is read once more
 * from where it was until now.
 */
export const keepsValue = (config: Proposed<A>): boolean =>
  (config.storage === 'managed' || (config.storage === 'local' && config.provider_id === null)) &&
  config.remote_path === null &&
  !hasValue(config)
