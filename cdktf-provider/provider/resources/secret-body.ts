import type { Call } from '../../../contract/schemas/index.ts'
import {
  isUnknown,
  unknownValue,
  type Config,
  type Planned,
  type Proposed,
  type State,
} from '../../plugin/index.ts'
import type { SecretAttributes as A } from './secret-attributes.ts'

export const isGiven = (value: unknown): boolean => value !== null && !isUnknown(value)

export type Storage = 'local' | 'remote' | 'managed'

/**
 * What a secret's place follows from. Unknown while it could still be another: a new value without a
 * provider goes where the organization keeps its values, which the API knows.
 */
export function storageOf(
  config: Proposed<A> | Config<A>,
  prior: Pick<State<A>, 'storage' | 'provider_id'> | null,
): Storage | typeof unknownValue {
  const { provider_id, remote_path } = config
  const values = [config.value, config.value_base64]
  if (isGiven(remote_path)) return 'remote'
  if (values.some(isGiven)) {
    if (isUnknown(provider_id) || isUnknown(remote_path)) return unknownValue
    if (provider_id !== null) return 'managed'
    if (prior === null) return unknownValue
    // Without a provider before and after, it stays where it is.
    return prior.storage === 'managed' ? 'managed' : 'local'
  }
  if (values.some(isUnknown)) return unknownValue
  return isUnknown(remote_path) || provider_id !== null ? 'remote' : 'local'
}

/** Whether a value leaves the provider that keeps it for no place that is named: that is nobody's to guess. */
export const leavesProvider = (
  config: Proposed<A> | Config<A>,
  prior: Pick<State<A>, 'storage' | 'provider_id'>,
): boolean =>
  prior.storage === 'managed' &&
  prior.provider_id !== null &&
  config.storage === null &&
  config.provider_id === null &&
  config.remote_path === null &&
  [config.value, config.value_base64].some((given) => given !== null)

/**
 * Whether a secret that we keep says nothing of its value: then it stays as it is, or is read once more
 * from where it was until now.
 */
export const keepsValue = (config: Proposed<A> | Config<A>): boolean =>
  (config.storage === 'managed' || (config.storage === 'local' && config.provider_id === null)) &&
  [config.value, config.value_base64, config.remote_path].every((given) => given === null)

/** The configuration in the words of the API, whatever is unknown left as it is. */
export const bodyFields = (config: Proposed<A> | Config<A>) => ({
  organizationId: config.organization_id,
  name: config.name,
  category: config.category,
  description: config.description,
  storage: config.storage,
  value: config.value_base64 ?? config.value,
  ...(isGiven(config.value_base64) ? { encoding: 'base64' } : {}),
  providerId: config.provider_id,
  remotePath: config.remote_path,
  remoteKey: config.remote_key,
  remoteVersion: config.remote_version,
  expiresAt: config.expires_at,
})

export function createBody(
  config: Config<A>,
  { category }: Planned<A>,
): Call<'CreateSecret'>['body'] {
  const given = Object.entries({ ...bodyFields(config), category }).filter(
    ([, value]) => value !== null,
  )
  return Object.fromEntries(given) as Call<'CreateSecret'>['body']
}

/** Sends what changed, nulls included, and names the storage when that is what changes. */
export function updateBody(
  prior: State<A>,
  planned: Planned<A>,
  config: Config<A>,
): Call<'UpdateSecret'>['body'] {
  const storage = config.storage ?? storageOf(config, prior)
  const toOther = storage === 'managed' && prior.provider_id !== planned.provider_id
  const moved = (storage !== prior.storage || toOther) && !isUnknown(storage)
  const changes = {
    name: [prior.name, planned.name],
    category: [prior.category, planned.category],
    description: [prior.description, planned.description],
    expiresAt: [prior.expires_at, planned.expires_at],
    ...(storage === 'remote'
      ? {
          providerId: [prior.provider_id, planned.provider_id],
          remotePath: [prior.remote_path, planned.remote_path],
          remoteKey: [prior.remote_key, planned.remote_key],
          remoteVersion: [prior.remote_version, planned.remote_version],
        }
      : toOther
        ? { providerId: [prior.provider_id, planned.provider_id] }
        : {}),
  } as const
  const changed = Object.entries(changes)
    .filter(([, [before, after]]) => before !== after)
    .map(([name, [, after]]) => [name, after])
  const newValue =
    storage !== 'remote' &&
    (moved || prior.value !== planned.value || prior.value_base64 !== planned.value_base64)
  return {
    ...(Object.fromEntries(changed) as object),
    ...(moved ? { storage: storage as Storage } : {}),
    ...(newValue ? valueOf(planned) : {}),
  }
}

function valueOf({ value, value_base64 }: Planned<A>) {
  if (value_base64 !== null) return { value: value_base64, encoding: 'base64' as const }
  return value === null ? {} : { value, encoding: 'utf8' as const }
}
