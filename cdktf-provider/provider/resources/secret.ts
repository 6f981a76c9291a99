import {
  isUnknown,
  resource,
  TerraformError,
  unknownValue,
  type Path,
  type Planned,
  type State,
} from '../../plugin/index.ts'
import type { Subject } from '../api-errors.ts'
import { locate } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { organizationIdIn, planOrganizationId } from '../organization-id.ts'
import type { Session } from '../session.ts'
import { validateBody } from '../validate-body.ts'
import { attributes, type SecretAttributes as A } from './secret-attributes.ts'
import {
  bodyFields,
  createBody,
  isGiven,
  keepsValue,
  leavesProvider,
  storageOf,
  updateBody,
} from './secret-body.ts'

export const secret = resource<Session>()({
  type: 'agyn_secret',
  description: 'A named value that workloads receive when they start.',
  attributes,

  async validate({ config, diagnostics }) {
    const { value, value_base64 } = config
    if (isGiven(value) && isGiven(value_base64)) {
      diagnostics.error({
        summary: notValid,
        detail: 'Give either `value` or `value_base64`.',
        path: ['value_base64'],
      })
    }
    for (const name of ['value', 'value_base64'] as const) {
      if (config[name] !== '') continue
      diagnostics.warn({
        summary: 'The value is empty.',
        detail: 'It is kept as it is. If a variable was not set, set it.',
        path: [name],
      })
    }
    const options = { summary: notValid, pathOf: valuePath(value_base64 !== null) }
    const fields = bodyFields(config)
    // Whether there is a value to keep is not known here; the plan knows.
    const checked = keepsValue(config) ? { ...fields, value: unknownValue } : fields
    await validateBody('CreateSecret', checked, diagnostics, options)
  },

  plan({ client, prior, planned, config }) {
    if (prior === null && keepsValue(config)) {
      throw new TerraformError({
        summary: notValid,
        detail: 'Give `value`: there is none to keep, for this secret is new.',
        path: ['value'],
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
    const storage = config.storage ?? storageOf(config, prior)
    const changed = (['value', 'value_base64'] as const).some(
      (name) => planned[name] !== prior?.[name],
    )
    const moved =
      isUnknown(storage) ||
      storage !== prior?.storage ||
      (storage === 'managed' && planned.provider_id !== prior.provider_id)
    return {
      set: {
        ...planOrganizationId(client, prior, config.organization_id),
        ...(config.storage === null ? { storage } : {}),
        ...(changed || moved
          ? storage === 'remote'
            ? { value_fingerprint: null, version: null }
            : { value_fingerprint: unknownValue, version: unknownValue }
          : {}),
      },
    }
  },

  newId,

  async create({ client, planned, config, id, signal }) {
    const owner = organizationIdIn(planned)
    const made = await client.call(
      'CreateSecret',
      { body: { ...createBody(config, planned), id, ...owner } },
      { subject: subject(planned, owner.organizationId), signal },
    )
    return { ...planned, ...computedFrom(made) }
  },

  async read({ client, state, signal }) {
    const found = await client.find(
      'GetSecret',
      { params: { id: state.id } },
      { subject: subject(state), signal, organizationId: state.organization_id },
    )
    if (!found) return null
    const computed = computedFrom(found)
    // A member is not shown the fingerprint; the version tells whether it is still the same value.
    const hidden = found.fingerprint === undefined && computed.version === state.version
    const value_fingerprint = hidden ? state.value_fingerprint : computed.value_fingerprint
    const sameValue = found.storage !== 'remote' && value_fingerprint === state.value_fingerprint
    return {
      ...state,
      ...computed,
      value_fingerprint,
      name: found.name,
      category: found.category,
      description: found.description ?? null,
      // A value that somebody else has set is not ours to keep in the state.
      value: sameValue ? state.value : null,
      value_base64: sameValue ? state.value_base64 : null,
      provider_id: found.providerId ?? null,
      // That of a managed secret is the API's choice.
      remote_path: found.storage === 'managed' ? null : (found.remotePath ?? null),
      remote_key: found.remoteKey ?? null,
      remote_version: found.remoteVersion ?? null,
      expires_at: sameInstant(found.expiresAt, state.expires_at),
      force_destroy: state.force_destroy ?? false,
    }
  },

  async update({ client, prior, planned, config, signal }) {
    const { id, organization_id } = prior
    const body = updateBody(prior, planned, config)
    if (Object.keys(body).length === 0) return { ...planned, ...settled(planned, prior) }
    const changed = await client.call(
      'UpdateSecret',
      { params: { id }, body },
      { subject: subject(planned, organization_id), signal },
    )
    const computed = computedFrom(changed)
    const { value_fingerprint, version } = planned
    return {
      ...planned,
      ...computed,
      // Planned to stay: then this call sent no value, and another one that came in between must not
      // be paired with ours. The next refresh sees it.
      value_fingerprint: isUnknown(value_fingerprint)
        ? computed.value_fingerprint
        : value_fingerprint,
      version: isUnknown(version) ? computed.version : version,
    }
  },

  async delete({ client, prior, signal }) {
    const { id, organization_id, force_destroy } = prior
    await client.remove(
      'DeleteSecret',
      { params: { id }, query: { force: force_destroy ? 'true' : 'false' } },
      { subject: subject(prior), signal, organizationId: organization_id },
    )
  },

  import: ({ client, id: typed, signal }) =>
    locate(
      client,
      typed,
      'secret',
      {
        byId: (id) =>
          client.find(
            'GetSecret',
            { params: { id } },
            { subject: subject({ name: id }), signal, organizationId: undefined },
          ),
        byName: async (organizationId, name) => {
          const options = { subject: subject({ name }, organizationId), signal }
          return (await client.call('ListSecrets', { query: { organizationId, name } }, options))
            .items
        },
      },
      signal,
    ),
})

const notValid = 'The secret is not valid.'

const subject = (
  { name, value_base64 = null }: { readonly name: string; readonly value_base64?: string | null },
  organizationId = 'ORGANIZATION',
): Subject => ({
  noun: 'secret',
  type: 'agyn_secret',
  name,
  importId: `${organizationId}/${name}`,
  forcible: true,
  pathOf: valuePath(value_base64 !== null),
})

/** The API has one `value`; which of the two attributes it came from decides where a message stands. */
const valuePath =
  (base64: boolean) =>
  (path: Path): Path =>
    base64 && (path[0] === 'value' || path[0] === 'encoding') ? ['value_base64'] : path

interface Computed {
  readonly id: string
  readonly organizationId: string
  readonly storage: string
  readonly fingerprint?: string | undefined
  readonly version?: string | undefined
}

const computedFrom = ({ id, organizationId, storage, fingerprint, version }: Computed) => ({
  id,
  organization_id: organizationId,
  storage,
  value_fingerprint: fingerprint ?? null,
  version: version ?? null,
})

/** The computed values of an update that changed nothing on the server. */
const settled = (planned: Planned<A>, prior: State<A>) => ({
  id: prior.id,
  organization_id: prior.organization_id,
  storage: isUnknown(planned.storage) ? prior.storage : planned.storage,
  value_fingerprint: prior.value_fingerprint,
  version: prior.version,
})

/** Keeps the user's own spelling of a time that the API writes its way. */
const sameInstant = (found: string | undefined, state: string | null): string | null =>
  state !== null && found !== undefined && Date.parse(found) === Date.parse(state)
    ? state
    : (found ?? null)
