import type { Answer } from '../../../contract/schemas/index.ts'
import { dataSource, text } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import type { Session } from '../api/session.ts'
import { given } from '../given.ts'
import { allPages } from './all-pages.ts'
import { listed, nameFilter, listSubject } from './listed.ts'
import { notFound, onlyOne, requireOneKey } from './lookup.ts'

const facts = {
  id: text('Id of the organization.').computed(),
  name: text('Name, unique in the deployment.').computed(),
  root_scope_id: text('The scope that holds what belongs to the whole organization.').computed(),
  default_storage: text('Where new values are kept: `local` or `managed`.').computed(),
  default_provider_id: text('The secret provider that keeps new values.').computed({
    nullable: true,
  }),
}

const toState = (found: Answer<'GetOrganization'>) => ({
  id: found.id,
  name: found.name,
  root_scope_id: found.rootScopeId,
  default_storage: found.defaultStorage,
  default_provider_id: found.defaultProviderId ?? null,
})

export const organization = dataSource<Session>()({
  type: 'agyn_organization',
  description: 'An organization, found by its id or its name.',
  attributes: {
    ...facts,
    id: text('Id of the organization; or give its `name`.').orComputed(),
    name: text('Name of the organization; or give its `id`.').orComputed(),
  },

  validate({ config, diagnostics }) {
    requireOneKey(noun, config, ['id', 'name'], diagnostics)
  },

  async read({ client, config: { id, name }, signal }) {
    if (id !== null) {
      const options = { subject: subject(id), signal, organizationId: undefined }
      const found = await client.find('GetOrganization', { params: { id } }, options)
      if (!found) throw notFound(noun, { words: `with the id ${id}`, path: ['id'] })
      return { ...toState(found), id }
    }
    const query = given({ name })
    const found = await allPages(
      client,
      'ListOrganizations',
      { query },
      {
        subject: subject(name ?? ''),
        signal,
      },
    )
    return toState(onlyOne(noun, found, { words: `named "${name}"`, path: ['name'] }))
  },
})

export const organizations = dataSource<Session>()({
  type: 'agyn_organizations',
  description: 'The organizations that the token sees.',
  attributes: { name: nameFilter, ...listed('organizations', facts) },

  async read({ client, config, signal }) {
    const query = given({ name: config.name })
    const options = { subject: listSubject('organizations'), signal }
    const found = await allPages(client, 'ListOrganizations', { query }, options)
    return { ...config, ids: found.map(({ id }) => id), items: found.map(toState) }
  },
})

const noun = 'organization'

const subject = (name: string): Subject => ({
  noun,
  type: 'agyn_organization',
  name,
  importId: name,
})
