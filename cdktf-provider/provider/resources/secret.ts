import type { Answer } from '../../../contract/schemas/index.ts'
import {
  isUnknown,
  resource,
  TerraformError,
  unknownValue,
  type Path,
  type Planned,
  type Proposed,
  type State,
} from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { importIdOf, locateInScope } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { expectedRevision, rememberRevision } from '../revision.ts'
import { sameInstant } from '../same-instant.ts'
import type { Session } from '../api/session.ts'
import { validateBody } from '../validate-body.ts'
import { fromOlderProvider, isOlder } from './older-provider.ts'
import { planSecret, wantedValue } from './plan-secret.ts'
import { attributes, type SecretAttributes as A } from './secret-attributes.ts'
import { bodyFields, createBody, updateBody } from './secret-body.ts'
import { keepsValue } from './secret-storage.ts'
import { checkValue, notValid, sourceIn, valuePath, type Source } from './secret-value.ts'

export const secret = resource<Session>()({
  type: 'agyn_secret',
  description: 'A named value that workloads receive when they start.',
  version: 1,
  attributes,
  identity: ['id'],

  async validate({ config, diagnostics }) {
    checkValue(config, diagnostics)
    const options = { summary: notValid, pathOf: placePath(config) }
    const fields = bodyFields(config)
    // Whether there is a value to keep is not known here; the plan knows.
    const checked = keepsValue(config) ? { ...fields, value: unknownValue } : fields
    await validateBody('CreateSecret', checked, diagnostics, options)
  },

  plan: planSecret,

  newId,

  async create({ client, planned, config, id, signal, privateState }) {
    const body = { ...createBody(config, planned), id }
    const options = { subject: subject(planned, sourceIn(config)), signal }
    const made = await client.call('CreateSecret', { body }, options)
    rememberRevision(privateState, made)
    return { ...planned, ...computedFrom(made) }
  },

  async read({ client, state, signal, privateState, diagnostics }) {
    const found = await client.find(
      'GetSecret',
      { params: { id: state.id } },
      {
        subject: subject(state),
        signal,
        organizationId: state.organization_id,
        scopeId: state.scope_id,
      },
    )
    if (!found) return null
    rememberRevision(privateState, found)
    const computed = computedFrom(found)
    // A member is not shown the fingerprint; the version tells whether it is still the same value.
    const hidden = found.fingerprint === undefined && computed.version === state.version
    const value_fingerprint = hidden ? state.value_fingerprint : computed.value_fingerprint
    const sameValue = found.storage !== 'remote' && value_fingerprint === state.value_fingerprint
    if (state.value_wo_version !== null && !sameValue)
      diagnostics.warn(changedElsewhere(found.name))
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
      value_wo_version: sameValue ? state.value_wo_version : null,
      provider_id: isInDefault(found, state) ? null : (found.providerId ?? null),
      // That of a managed secret is the API's choice.
      remote_path: found.storage === 'managed' ? null : (found.remotePath ?? null),
      remote_key: found.remoteKey ?? null,
      remote_version: found.remoteVersion ?? null,
      expires_at: sameInstant(found.expiresAt, state.expires_at),
      rotate_every: found.rotateEvery ?? null,
      force_destroy: state.force_destroy ?? false,
    }
  },

  async update({ client, prior, planned, config, signal, privateState }) {
    const { id } = prior
    const wanted = wantedValue(prior, planned, config)
    if (wanted) throw new TerraformError(wanted)
    const body = updateBody(prior, planned, config)
    if (Object.keys(body).length === 0) return { ...planned, ...settled(planned, prior) }
    const options = {
      subject: subject(planned, sourceIn(config)),
      signal,
      ifMatch: expectedRevision(privateState),
    }
    const changed = await client.call('UpdateSecret', { params: { id }, body }, options)
    rememberRevision(privateState, changed)
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
    const { id, organization_id, scope_id, force_destroy } = prior
    await client.remove(
      'DeleteSecret',
      { params: { id }, query: { force: force_destroy ? 'true' : 'false' } },
      { subject: subject(prior), signal, organizationId: organization_id, scopeId: scope_id },
    )
  },

  import: ({ client, id: typed, signal }) =>
    locateInScope(
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
        list: async (query) =>
          (await client.call('ListSecrets', { query }, { subject: subject(query), signal })).items,
      },
      signal,
    ),

  upgrade: fromOlderProvider,
  move: (source) => (isOlder(source, 'agyn_secret') ? fromOlderProvider(source) : null),
})

const subject = (
  { name, organization_id }: { readonly name: string; readonly organization_id?: unknown },
  source?: Source,
): Subject => ({
  noun: 'secret',
  type: 'agyn_secret',
  name,
  importId: importIdOf(organization_id, name),
  forcible: true,
  pathOf: valuePath(source),
})

/** Kept by whichever provider the organization names: none was named here, so none is to be shown. */
const isInDefault = (found: Answer<'GetSecret'>, state: State<A>): boolean =>
  found.storage === 'managed' && state.storage === 'managed' && state.provider_id === null

/** Where a message stands: what is missing is told of what was given in its place. */
const placePath =
  (config: Proposed<A>) =>
  (path: Path): Path => {
    const missing = remotePlace.find((name) => path[0] === name && config[name] === null)
    const given = missing && remotePlace.find((name) => config[name] !== null)
    return given ? [given] : valuePath(sourceIn(config))(path)
  }

const remotePlace = ['remote_path', 'remote_key', 'remote_version', 'provider_id'] as const

const changedElsewhere = (name: string) => ({
  summary: `The value of the secret "${name}" was changed outside of Terraform.`,
  detail:
    'Its fingerprint is another than that of the value that was applied last. Unless changes of `value_wo_version` are ignored, the next apply sends `value_wo` again. To keep the other value, put it into the configuration.',
})

const computedFrom = (found: Answer<'GetSecret'>) => ({
  id: found.id,
  organization_id: found.organizationId,
  scope_id: found.scopeId,
  storage: found.storage,
  value_fingerprint: found.fingerprint ?? null,
  version: found.version ?? null,
  reference: found.reference ?? null,
})

/** The computed values of an update that changed nothing on the server. */
const settled = (planned: Planned<A>, prior: State<A>) => ({
  id: prior.id,
  organization_id: prior.organization_id,
  scope_id: prior.scope_id,
  storage: isUnknown(planned.storage) ? prior.storage : planned.storage,
  value_fingerprint: prior.value_fingerprint,
  version: prior.version,
  reference: prior.reference,
})
