import { resource, text, timeouts } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { badImport, findOrganization } from '../import-id.ts'
import { newId } from '../new-id.ts'
import { expectedRevision, rememberRevision } from '../revision.ts'
import type { Session } from '../api/session.ts'
import { validateBody } from '../validate-body.ts'

const subject = (name: string): Subject => ({
  noun: 'organization',
  type: 'agyn_organization',
  name,
  importId: name,
})

export const organization = resource<Session>()({
  type: 'agyn_organization',
  description:
    'An organization: it owns secret providers, secrets and envs. Only an admin token makes one.',
  identity: ['id'],
  attributes: {
    id: text('Id of the organization. It survives renames.').computed({ keeps: true }),
    name: text('Name, unique in the deployment.').required(),
    timeouts,
  },

  async validate({ config, diagnostics }) {
    await validateBody('CreateOrganization', { name: config.name }, diagnostics, {
      summary: 'The organization is not valid.',
    })
  },

  newId,

  async create({ client, planned, id, privateState, signal }) {
    const { name } = planned
    const options = { subject: subject(name), signal }
    const made = await client.call('CreateOrganization', { body: { id, name } }, options)
    rememberRevision(privateState, made)
    return { ...planned, id: made.id }
  },

  async read({ client, state, privateState, signal }) {
    const found = await client.find(
      'GetOrganization',
      { params: { id: state.id } },
      { subject: subject(state.name), signal, organizationId: state.id },
    )
    if (!found) return null
    rememberRevision(privateState, found)
    return { id: found.id, name: found.name, timeouts: state.timeouts ?? null }
  },

  async update({ client, prior, planned, privateState, signal }) {
    const { id } = prior
    const { name } = planned
    if (name === prior.name) return { ...planned, id }
    const changed = await client.call(
      'UpdateOrganization',
      { params: { id }, body: { name } },
      { subject: subject(name), signal, ifMatch: expectedRevision(privateState) },
    )
    rememberRevision(privateState, changed)
    return { ...planned, id }
  },

  async delete({ client, prior: { id, name }, signal }) {
    await client.remove(
      'DeleteOrganization',
      { params: { id } },
      { subject: subject(name), signal, organizationId: id },
    )
  },

  async import({ client, id: typed, signal }) {
    const found = await findOrganization(client, typed, signal)
    if (!found) throw badImport('organization', typed, 'its id or its name')
    return { id: found.id, name: found.name }
  },
})
