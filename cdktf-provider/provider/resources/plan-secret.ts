import {
  isUnknown,
  TerraformError,
  unknownValue,
  type Config,
  type Diagnostics,
  type Draft,
  type Planned,
  type Problem,
  type Proposed,
  type State,
  type Unknown,
} from '../../plugin/index.ts'
import { organizationDefaults } from '../organization-defaults.ts'
import { planOrganizationId } from '../organization-id.ts'
import type { Session } from '../api/session.ts'
import type { SecretAttributes as A } from './secret-attributes.ts'
import { keepsValue, leavesProvider, storageOf } from './secret-storage.ts'
import { changesValue, notValid, sourceIn } from './secret-value.ts'

interface PlanCall {
  readonly client: Session | null
  readonly prior: State<A> | null
  readonly planned: Draft<A>
  readonly config: Proposed<A>
  readonly signal: AbortSignal
  readonly diagnostics: Diagnostics
}

/** What a plan tells of a secret beyond its configuration: where its value will lie, and what stays. */
export async function planSecret(call: PlanCall) {
  const { client, prior, config, signal } = call
  refuse(call)
  const organization = planOrganizationId(client, prior, config.organization_id)
  const organizationId = organization.organization_id ?? config.organization_id
  const defaults = () => organizationDefaults(client, organizationId, signal)
  const defaultStorage = async () => (await defaults())?.defaultStorage ?? unknownValue
  const storage = config.storage ?? (await storageOf(config, prior, defaultStorage))
  // State of a version that knew no scopes says nothing, and nothing moves for that.
  const scope = prior
    ? (prior.scope_id ?? unknownValue)
    : ((await defaults())?.scopeId ?? unknownValue)
  return {
    set: {
      ...organization,
      ...(config.scope_id === null ? { scope_id: scope } : {}),
      ...(config.storage === null ? { storage } : {}),
      ...computed(call, storage),
    },
  }
}

function refuse({ prior, planned, config, diagnostics }: PlanCall): void {
  if (prior === null && keepsValue(config)) {
    throw new TerraformError({
      summary: notValid,
      detail: 'Give `value` or `value_wo`: there is none to keep, for this secret is new.',
      path: ['storage'],
    })
  }
  if (prior !== null && leavesProvider(config, prior)) {
    throw new TerraformError({
      summary: notValid,
      detail:
        'The value no longer has a provider: say where it goes. `storage = "local"` keeps it in agyn-secrets, `storage = "managed"` in the default store.',
      path: ['storage'],
    })
  }
  const wanted = wantedValue(prior, planned, config)
  if (wanted === null) return
  // What somebody else has changed is shown by a pipeline that has no values as well.
  if (prior === null || prior.value_wo_version !== null) throw new TerraformError(wanted)
  diagnostics.warn(wanted)
}

/** What is missing when a value has to be sent that the configuration does not say this time. */
export function wantedValue(
  prior: State<A> | null,
  planned: Draft<A> | Planned<A>,
  config: Proposed<A> | Config<A>,
): Problem | null {
  const isSent = prior === null || changesValue(planned, prior)
  if (!isSent || config.value_wo_version === null || sourceIn(config) !== undefined) return null
  return {
    summary: 'The value of the secret is wanted.',
    detail: `Give \`value_wo\`, for the apply sends it: ${whySent(prior)}. It may be left out while \`value_wo_version\` and the value stay.`,
    path: ['value_wo_version'],
  }
}

const whySent = (prior: State<A> | null): string =>
  prior === null
    ? 'the secret is new'
    : prior.value_wo_version === null
      ? 'the value that is kept is not known to be the one that was applied'
      : 'its version changes'

/** Only what will change is unknown: a value that moves keeps its fingerprint and gets a new version. */
function computed({ prior, planned, config }: PlanCall, storage: string | Unknown) {
  if (isUnknown(storage)) {
    return { value_fingerprint: unknownValue, version: unknownValue, reference: unknownValue }
  }
  if (storage === 'remote') {
    const moved = (
      ['storage', 'provider_id', 'remote_path', 'remote_key', 'remote_version'] as const
    ).some((name) => (name === 'storage' ? storage : planned[name]) !== prior?.[name])
    return { value_fingerprint: null, version: null, ...(moved ? { reference: unknownValue } : {}) }
  }
  const isNew =
    prior === null ||
    prior.storage === 'remote' ||
    (changesValue(planned, prior) && !keepsValue(config))
  const moves = storage !== prior?.storage || planned.provider_id !== prior.provider_id
  return {
    reference: null,
    value_fingerprint: isNew ? unknownValue : prior.value_fingerprint,
    version: isNew || moves ? unknownValue : prior.version,
  }
}
