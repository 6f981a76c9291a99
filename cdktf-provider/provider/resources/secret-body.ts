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
import { changesValue, isGiven, sourceIn } from './secret-value.ts'

/** The configuration in the words of the API, whatever is unknown left as it is. */
export function bodyFields(config: Proposed<A> | Config<A>) {
  const source = sourceIn(config)
  const unsaid = config.value_wo_version === null ? null : unknownValue
  return {
    organizationId: config.organization_id,
    scopeId: config.scope_id,
    name: config.name,
    category: config.category,
    description: config.description,
    storage: config.storage,
    value: source === undefined ? unsaid : config[source],
    ...(source?.includes('base64') && isGiven(config[source]) ? { encoding: 'base64' } : {}),
    providerId: config.provider_id,
    remotePath: config.remote_path,
    remoteKey: config.remote_key,
    remoteVersion: config.remote_version,
    expiresAt: config.expires_at,
    rotateEvery: config.rotate_every,
  }
}

/** What the plan decided is said, so that the API does not decide otherwise by the time it is applied. */
export function createBody(
  config: Config<A>,
  { category, storage, organization_id, scope_id }: Planned<A>,
): Call<'CreateSecret'>['body'] {
  const planned = { category, storage, organizationId: organization_id, scopeId: scope_id }
  const given = Object.entries({ ...bodyFields(config), ...planned }).filter(
    ([, value]) => value !== null && !isUnknown(value),
  )
  return Object.fromEntries(given) as Call<'CreateSecret'>['body']
}

/** Sends what changed, nulls included, and names the storage when that is what changes. */
export function updateBody(
  prior: State<A>,
  planned: Planned<A>,
  config: Config<A>,
): Call<'UpdateSecret'>['body'] {
  const { storage } = planned
  const toOther = storage === 'managed' && prior.provider_id !== planned.provider_id
  const moves = !isUnknown(storage) && (storage !== prior.storage || toOther)
  const changes = {
    name: [prior.name, planned.name],
    scopeId: [prior.scope_id, planned.scope_id],
    category: [prior.category, planned.category],
    description: [prior.description, planned.description],
    expiresAt: [prior.expires_at, planned.expires_at],
    rotateEvery: [prior.rotate_every, planned.rotate_every],
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
    .filter(([, [before, after]]) => before !== after && !isUnknown(after))
    .map(([name, [, after]]) => [name, after])
  return {
    ...(Object.fromEntries(changed) as object),
    ...(moves ? { storage: storage as 'local' | 'remote' | 'managed' } : {}),
    ...(storage !== 'remote' && changesValue(planned, prior) ? newValue(config) : {}),
  }
}

function newValue(config: Config<A>) {
  const source = sourceIn(config)
  const value = source === undefined ? null : config[source]
  if (value === null) return {}
  return { value, encoding: source?.includes('base64') ? ('base64' as const) : ('utf8' as const) }
}
