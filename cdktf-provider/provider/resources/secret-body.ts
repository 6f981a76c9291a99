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

/** What a secret's place follows from. Unknown while it could still be either. */
export function storageOf(config: Proposed<A>): 'local' | 'remote' | typeof unknownValue {
  const remote = [config.provider_id, config.remote_path]
  const local = [config.value, config.value_base64]
  if (remote.some(isGiven)) return 'remote'
  if (local.some(isGiven)) return 'local'
  // One of the two has to be given in the end, so the only one that still can be, will.
  if (!remote.some(isUnknown)) return 'local'
  return local.some(isUnknown) ? unknownValue : 'remote'
}

/**
 * Whether a local secret says nothing of its value: then it stays as it is, or is read once more from
 * the provider that the secret was read from until now.
 */
export const keepsValue = (config: Proposed<A> | Config<A>): boolean =>
  config.storage === 'local' &&
  [config.value, config.value_base64, config.provider_id, config.remote_path].every(
    (given) => given === null,
  )

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
  const storage = config.storage ?? storageOf(config)
  const moved = storage !== prior.storage && !isUnknown(storage)
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
    ...(moved ? { storage: storage as 'local' | 'remote' } : {}),
    ...(newValue ? valueOf(planned) : {}),
  }
}

function valueOf({ value, value_base64 }: Planned<A>) {
  if (value_base64 !== null) return { value: value_base64, encoding: 'base64' as const }
  return value === null ? {} : { value, encoding: 'utf8' as const }
}
