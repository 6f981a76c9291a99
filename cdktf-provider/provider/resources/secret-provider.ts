import type { Answer } from '../../../contract/schemas/index.ts'
import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import {
  isUnknown,
  resource,
  TerraformError,
  unknownValue,
  type Config,
  type Draft,
  type Planned,
  type PrivateState,
  type State,
} from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { given } from '../given.ts'
import { importIdOf, locate } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { organizationIdIn, planOrganizationId } from '../organization-id.ts'
import { remember, remembered } from '../remembered.ts'
import { expectedRevision, rememberRevision } from '../revision.ts'
import type { Session } from '../api/session.ts'
import { fromOlderProvider, isOlder } from './older-provider.ts'
import {
  changesBetween,
  credentials,
  formsIn,
  fromApi,
  leavesCredentials,
  settingsIn,
  toApi,
  writeOnlyIn,
} from './provider-config.ts'
import { attributes, type SecretProviderAttributes as A } from './secret-provider-attributes.ts'
import { requireCredentials, validateProvider, wantedCredentials } from './validate-provider.ts'

export const secretProvider = resource<Session>()({
  type: 'agyn_secret_provider',
  description:
    'An external store of secrets, such as HashiCorp Vault or AWS Secrets Manager, from which secrets are read when a workload starts, or in which they are kept.',
  attributes,
  identity: ['id'],

  validate: ({ config, diagnostics }) => validateProvider(config, diagnostics),

  async plan({ client, prior, planned, config, diagnostics }) {
    const isDue = prior === null || changesCredentials(prior, planned)
    if (isDue) await requireCredentials(prior, config, diagnostics)
    return {
      set: {
        ...planOrganizationId(client, prior, config.organization_id),
        config_fingerprint: isDue ? unknownValue : prior.config_fingerprint,
      },
    }
  },

  newId,

  async create({ client, planned, config, id, signal, privateState }) {
    const { name, type, description, allow_browse: allowBrowse } = planned
    const owner = organizationIdIn(planned)
    const made = await client.call(
      'CreateSecretProvider',
      {
        body: {
          id,
          ...owner,
          name,
          type: type as ProviderType, // the API is the one to refuse another
          ...(description === null ? {} : { description }),
          config: given(toApi(config)),
          allowBrowse,
        },
      },
      { subject: subject(planned), signal },
    )
    rememberRevision(privateState, made)
    rememberCredentials(privateState, made, config)
    return {
      ...planned,
      id: made.id,
      organization_id: made.organizationId,
      config_fingerprint: made.configFingerprint ?? null,
    }
  },

  async read({ client, state, signal, privateState, diagnostics }) {
    const { id, organization_id } = state
    const found = await client.find(
      'GetSecretProvider',
      { params: { id } },
      { subject: subject(state), signal, organizationId: organization_id },
    )
    if (!found) return null
    rememberRevision(privateState, found)
    // A member is not shown the fingerprint, and credentials of before have none until they are written again.
    const fingerprint = found.configFingerprint ?? state.config_fingerprint
    const wasWritten = fingerprint !== null && remembered(privateState).isFingerprinted === false
    const sameCredentials =
      state.config_fingerprint === null ? !wasWritten : fingerprint === state.config_fingerprint
    if (!sameCredentials && hasCredentials(state)) diagnostics.warn(changedElsewhere(found.name))
    if (client.role !== 'member') rememberFingerprint(privateState, found)
    const [form = 'config'] = formsIn(state)
    return {
      ...state,
      organization_id: found.organizationId,
      name: found.name,
      type: found.type,
      description: found.description ?? null,
      ...(fromApi(found.config, form, state, { sameCredentials }) as Pick<
        State<A>,
        'config' | 'vault' | 'aws_sm' | 'azure_kv' | 'gcp_sm'
      >),
      config_wo_version: sameCredentials ? state.config_wo_version : null,
      config_fingerprint: fingerprint,
      allow_browse: found.allowBrowse,
      force_destroy: state.force_destroy ?? false,
    }
  },

  async update({ client, prior, planned, config, signal, privateState }) {
    const { id, organization_id } = prior
    const wanted = changesCredentials(prior, planned) ? wantedCredentials(prior, config) : null
    if (wanted) throw new TerraformError(wanted)
    const { writeOnly = [] } = remembered(privateState)
    const body = updateBody(prior, planned, config, writeOnly)
    const unchanged = {
      ...planned,
      id,
      organization_id,
      config_fingerprint: prior.config_fingerprint,
    }
    if (Object.keys(body).length === 0) return unchanged
    const ifMatch = expectedRevision(privateState)
    const options = { subject: subject(planned), signal, ifMatch }
    const changed = await client.call('UpdateSecretProvider', { params: { id }, body }, options)
    rememberRevision(privateState, changed)
    rememberCredentials(privateState, changed, config)
    return isUnknown(planned.config_fingerprint)
      ? { ...unchanged, config_fingerprint: changed.configFingerprint ?? null }
      : unchanged
  },

  async delete({ client, prior, signal }) {
    const { id, organization_id, force_destroy } = prior
    await client.remove(
      'DeleteSecretProvider',
      { params: { id }, query: { force: force_destroy ? 'true' : 'false' } },
      { subject: subject(prior), signal, organizationId: organization_id },
    )
  },

  import: ({ client, id: typed, signal }) =>
    locate(
      client,
      typed,
      'secret provider',
      {
        byId: (id) =>
          client.find(
            'GetSecretProvider',
            { params: { id } },
            { subject: subject({ name: id }), signal, organizationId: undefined },
          ),
        byName: async (organizationId, name) => {
          const query = { organizationId, name }
          const options = { subject: subject({ name, organization_id: organizationId }), signal }
          return (await client.call('ListSecretProviders', { query }, options)).items
        },
      },
      signal,
    ),

  move: (source) =>
    isOlder(source, 'agyn_secret_provider') ? { ...fromOlderProvider(source), config: null } : null,
})

const subject = ({
  name,
  organization_id,
}: {
  readonly name: string
  readonly organization_id?: unknown
}): Subject => ({
  noun: 'secret provider',
  type: 'agyn_secret_provider',
  name,
  importId: importIdOf(organization_id, name),
  forcible: true,
})

const changedElsewhere = (name: string) => ({
  summary: `The credentials of the secret provider "${name}" were changed outside of Terraform.`,
  detail:
    'Their fingerprint is another than that of those that were applied last. Unless changes of them are ignored, the next apply sends the configured ones again.',
})

/** Whether credentials are to be sent: others than those that were sent last, or to another address. */
function changesCredentials(prior: State<A>, planned: Draft<A> | Planned<A>): boolean {
  const [before, after] = [settingsIn(prior), settingsIn(planned)]
  return (
    planned.config_wo_version !== prior.config_wo_version ||
    leavesCredentials(before, after) ||
    credentials.some((attribute) => before[attribute] !== after[attribute])
  )
}

/** Whether the state knows of credentials that the configuration gives. */
const hasCredentials = (state: State<A>): boolean =>
  state.config_wo_version !== null ||
  credentials.some((attribute) => settingsIn(state)[attribute] !== null)

function rememberCredentials(
  privateState: PrivateState,
  found: Answer<'GetSecretProvider'>,
  config: Config<A>,
): void {
  rememberFingerprint(privateState, found)
  remember(privateState, { writeOnly: Object.keys(writeOnlyIn(config)) })
}

const rememberFingerprint = (
  privateState: PrivateState,
  { configFingerprint }: Answer<'GetSecretProvider'>,
): void => remember(privateState, { isFingerprinted: configFingerprint !== undefined })

function updateBody(
  prior: State<A>,
  planned: Planned<A>,
  config: Config<A>,
  wereWriteOnly: readonly string[],
) {
  const { name, description, allow_browse: allowBrowse } = planned
  const isDue = changesCredentials(prior, planned)
  const writeOnly = writeOnlyIn(config)
  const changes = changesBetween({
    prior: settingsIn(prior),
    planned: settingsIn(planned),
    writeOnly: isDue ? writeOnly : {},
    left: isDue ? wereWriteOnly.filter((attribute) => !(attribute in writeOnly)) : [],
  })
  return {
    ...(name === prior.name ? {} : { name }),
    ...(description === prior.description ? {} : { description }),
    ...(Object.keys(changes).length === 0 ? {} : { config: changes }),
    ...(allowBrowse === prior.allow_browse ? {} : { allowBrowse }),
  }
}
