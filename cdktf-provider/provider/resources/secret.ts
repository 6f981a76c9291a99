import type { Call } from '../../../contract/schemas/index.ts'
import {
  flag,
  isUnknown,
  resource,
  text,
  unknownValue,
  type Config,
  type Path,
  type Planned,
  type Proposed,
  type State,
} from '../../plugin/index.ts'
import type { Subject } from '../api-errors.ts'
import { locate } from '../import-id.ts'
import { organizationId, organizationIdIn, planOrganizationId } from '../organization-id.ts'
import type { Session } from '../session.ts'
import { validateBody } from '../validate-body.ts'

const attributes = {
  id: text('Id of the secret. It survives renames.').computed({ keeps: true }),
  organization_id: organizationId,
  name: text('Name, unique in its scope.').required(),
  category: text(
    'What kind of credential it is: `provider_credential`, `infrastructure_credential`, `integration_credential`, `agent_secret` or `other`.',
  ).default('other'),
  description: text('What it is for.').optional(),
  storage: text(
    'Where the value lies: `local`, kept by agyn-secrets, or `remote`, read from a provider at each start of a workload. It follows from the other arguments.',
  ).orComputed({ keeps: true }),
  value: text(
    'The value of a local secret, kept encrypted by the API. It also stands in the Terraform state, in clear text.',
  ).optional({ sensitive: true }),
  value_base64: text('The same for a binary value, in base64.').optional({ sensitive: true }),
  provider_id: text('The secret provider that a remote secret is read from.').optional(),
  remote_path: text(
    'Path of a remote secret in its provider, such as `kv/data/prod/db`.',
  ).optional(),
  remote_key: text(
    'Key within the stored object: its name, or else a JSON Pointer such as `/db/password`.',
  ).optional(),
  remote_version: text('Version to read; the newest when left out.').optional(),
  expires_at: text(
    'When the value should have been replaced, such as `2027-01-31T12:00:00Z`.',
  ).optional(),
  force_destroy: flag(
    'Destroy it although envs refer to it. They stay and fail to resolve.',
  ).default(false),
  value_fingerprint: text(
    'Keyed fingerprint of a local value. Equal when the value is the same again; it reveals nothing else.',
  ).computed({ keeps: true, nullable: true }),
  version: text('Number of the current version of a local value.').computed({
    keeps: true,
    nullable: true,
  }),
}

type A = typeof attributes

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
    const options = { summary: notValid, pathOf: valuePath(value_base64 !== null) }
    await validateBody('CreateSecret', bodyFields(config), diagnostics, options)
  },

  plan({ client, prior, planned, config }) {
    const storage = config.storage ?? storageOf(config)
    const changed = (['value', 'value_base64'] as const).some(
      (name) => planned[name] !== prior?.[name],
    )
    const moved = isUnknown(storage) || storage !== prior?.storage
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

  newId: () => crypto.randomUUID(),

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
      remote_path: found.remotePath ?? null,
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
    return { ...planned, ...computedFrom(changed) }
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

const isGiven = (value: unknown): boolean => value !== null && !isUnknown(value)

/** What a secret's place follows from. Unknown while it could still be either. */
function storageOf(config: Proposed<A>): 'local' | 'remote' | typeof unknownValue {
  const remote = [config.provider_id, config.remote_path]
  const local = [config.value, config.value_base64]
  if (remote.some(isGiven)) return 'remote'
  if (local.some(isGiven)) return 'local'
  // One of the two has to be given in the end, so the only one that still can be, will.
  if (!remote.some(isUnknown)) return 'local'
  return local.some(isUnknown) ? unknownValue : 'remote'
}

/** The configuration in the words of the API, whatever is unknown left as it is. */
const bodyFields = (config: Proposed<A> | Config<A>) => ({
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

function createBody(config: Config<A>, { category }: Planned<A>): Call<'CreateSecret'>['body'] {
  const given = Object.entries({ ...bodyFields(config), category }).filter(
    ([, value]) => value !== null,
  )
  return Object.fromEntries(given) as Call<'CreateSecret'>['body']
}

/** Sends what changed, nulls included, and names the storage when that is what changes. */
function updateBody(
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
