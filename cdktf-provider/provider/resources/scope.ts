import type { Answer, Call } from '../../../contract/schemas/index.ts'
import {
  isUnknown,
  list,
  resource,
  TerraformError,
  text,
  timeouts,
  unknownValue,
  type Draft,
  type State,
  type Unknown,
} from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { organizationDefaults } from '../organization-defaults.ts'
import { badImport, findOrganizationId, findScope, isUuid } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { organizationId, organizationIdIn, planOrganizationId } from '../organization-id.ts'
import { expectedRevision, rememberRevision } from '../revision.ts'
import type { Session } from '../api/session.ts'
import { validateBody } from '../validate-body.ts'

const attributes = {
  id: text('Id of the scope. It survives renames and moves.').computed({ keeps: true }),
  organization_id: organizationId,
  kind: text(
    '`team`, `workspace` or `project`. It must be narrower than that of its parent, in this order.',
  ).required({ replaces: true }),
  name: text('Name, unique in its parent.').required(),
  parent_id: text(
    'The scope it lies in. When left out of a new one: the one that the token is limited to, else the root of the organization. Another moves it in place, with all that is in it.',
  ).orComputed({ keeps: true }),
  path: list('Names from below the root down to this one.', 'text').computed(),
  timeouts,
}

export const scope = resource<Session>()({
  type: 'agyn_scope',
  description:
    'A part of an organization, such as a team, that has secrets of its own and sees those of the wider ones.',
  identity: ['id'],
  attributes,

  async validate({ config, diagnostics }) {
    const { kind, name, parent_id: parentId } = config
    const fields = { organizationId: config.organization_id, kind, name, parentId }
    await validateBody('CreateScope', fields, diagnostics, { summary: 'The scope is not valid.' })
  },

  async plan({ client, prior, planned, config, signal }) {
    const owner = planOrganizationId(client, prior, config.organization_id)
    const organization = owner.organization_id ?? planned.organization_id
    const defaults = await organizationDefaults(client, organization, signal)
    const parent = config.parent_id ?? prior?.parent_id ?? defaults?.scopeId ?? unknownValue
    return {
      set: {
        ...owner,
        ...(config.parent_id === null ? { parent_id: parent } : {}),
        path: plannedPath({ ...planned, parent_id: parent }, prior, defaults?.rootScopeId),
      },
    }
  },

  newId,

  async create({ client, planned, id, privateState, signal }) {
    const { kind, name, parent_id } = planned
    const owner = organizationIdIn(planned)
    const body = {
      id,
      ...owner,
      kind: kind as Kind, // the API is the one to refuse another
      name,
      ...(isUnknown(parent_id) ? {} : { parentId: parent_id }),
    }
    const options = { subject: subject(name), signal }
    const made = await client.call('CreateScope', { body }, options)
    rememberRevision(privateState, made)
    return {
      ...planned,
      id: made.id,
      organization_id: made.organizationId,
      parent_id: parentOf(made),
      path: made.path,
    }
  },

  async read({ client, state, privateState, signal }) {
    const { id, organization_id, parent_id, name } = state
    const found = await client.find(
      'GetScope',
      { params: { id } },
      { subject: subject(name), signal, organizationId: organization_id, scopeId: parent_id },
    )
    if (!found) return null
    rememberRevision(privateState, found)
    return {
      id: found.id,
      organization_id: found.organizationId,
      kind: found.kind,
      name: found.name,
      parent_id: parentOf(found),
      path: found.path,
      timeouts: state.timeouts ?? null,
    }
  },

  async update({ client, prior, planned, privateState, signal }) {
    const { id, organization_id } = prior
    const { name, parent_id } = planned
    const isMoved = !isUnknown(parent_id) && parent_id !== prior.parent_id
    const body = {
      ...(name === prior.name ? {} : { name }),
      ...(isMoved ? { parentId: parent_id } : {}),
    }
    const result = { ...planned, id, organization_id, parent_id: prior.parent_id, path: prior.path }
    if (Object.keys(body).length === 0) return result
    const changed = await client.call(
      'UpdateScope',
      { params: { id }, body },
      { subject: subject(name), signal, ifMatch: expectedRevision(privateState) },
    )
    rememberRevision(privateState, changed)
    return { ...result, parent_id: parentOf(changed), path: changed.path }
  },

  async delete({ client, prior, signal }) {
    const { id, organization_id, parent_id, name } = prior
    await client.remove(
      'DeleteScope',
      { params: { id } },
      { subject: subject(name), signal, organizationId: organization_id, scopeId: parent_id },
    )
  },

  async import({ client, id: typed, signal }) {
    const forms = 'its id or by `organization/team/workspace`, the names from the root down'
    const found = isUuid(typed) ? await byId() : await byPath()
    if (!found) throw badImport('scope', typed, forms)
    return { id: found.id, organization_id: found.organizationId, name: found.name }

    async function byId() {
      const id = typed.toLowerCase()
      const options = { subject: subject(id), signal, organizationId: undefined }
      return await client.find('GetScope', { params: { id } }, options)
    }

    async function byPath() {
      const [organization = '', ...names] = typed.split('/')
      if (names.length === 0) return undefined
      const organizationId = await findOrganizationId(client, organization, signal)
      if (organizationId === undefined) return undefined
      return await findScope(client, organizationId, names, signal)
    }
  },
})

type Kind = Call<'CreateScope'>['body']['kind']

/** Known where no other scope takes part: one that is renamed or moved in the same run takes it along. */
function plannedPath(
  { name, parent_id }: Pick<Draft<Attributes>, 'name' | 'parent_id'>,
  prior: State<Attributes> | null,
  root: string | undefined,
): readonly string[] | Unknown {
  if (prior && name === prior.name && parent_id === prior.parent_id) return prior.path
  return typeof name === 'string' && parent_id === root ? [name] : unknownValue
}

type Attributes = typeof attributes

/** Only the root has none. */
function parentOf({ parentId }: Answer<'GetScope'>): string {
  if (parentId !== undefined) return parentId
  throw new TerraformError({
    summary: 'The root scope is not an `agyn_scope`.',
    detail: 'It is the organization itself: manage that as an `agyn_organization`.',
  })
}

const subject = (name: string): Subject => ({
  noun: 'scope',
  type: 'agyn_scope',
  name,
  importId: `ORGANIZATION/TEAM/${name}`,
})
