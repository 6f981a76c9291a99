import type { Answer } from '../../../contract/schemas/index.ts'
import { dataSource, text } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import type { Session } from '../api/session.ts'
import { given } from '../given.ts'
import { allPages } from './all-pages.ts'
import { listed, listedOrganizationId, nameFilter, listSubject } from './listed.ts'
import { inOrganization, lookupOrganizationId, onlyOne, requireOneKey } from './lookup.ts'

const facts = {
  id: text('Id of the token, which is no secret.').computed(),
  organization_id: text('Organization it belongs to.').computed(),
  name: text('Name, by which people tell it from others.').computed(),
  role: text('What it may do.').computed(),
  scope_id: text('The scope that it is limited to.').computed({ nullable: true }),
  prefix: text('How the token begins.').computed(),
  expires_at: text('When it ends.').computed(),
  rotate_every: text('How often another should take over.').computed({ nullable: true }),
  rotate_at: text('When the next one should have taken over.').computed({ nullable: true }),
  last_used_at: text('When it was used last, to a minute.').computed({ nullable: true }),
  created_at: text('When it was made.').computed(),
}

const toState = (found: Answer<'GetApiToken'>) => ({
  id: found.id,
  organization_id: found.organizationId,
  name: found.name,
  role: found.role,
  scope_id: found.scopeId ?? null,
  prefix: found.prefix,
  expires_at: found.expiresAt,
  rotate_every: found.rotateEvery ?? null,
  rotate_at: found.rotateAt ?? null,
  last_used_at: found.lastUsedAt ?? null,
  created_at: found.createdAt,
})

export const apiToken = dataSource<Session>()({
  type: 'agyn_api_token',
  description:
    'What is known of a token for the API, found by its id or its name. Never the token.',
  attributes: {
    ...facts,
    id: text('Id of the token; or give its `name`.').orComputed(),
    organization_id: lookupOrganizationId,
    name: text('Name of the token, when no other has it; or give its `id`.').orComputed(),
  },

  validate({ config, diagnostics }) {
    requireOneKey(noun, config, ['id', 'name'], diagnostics)
  },

  async read({ client, config: { id, organization_id, name }, signal }) {
    if (id !== null) {
      const options = { subject: subject(id), signal, organizationId: undefined }
      const found = await client.find('GetApiToken', { params: { id } }, options)
      return { ...toState(inOrganization(noun, id, found, organization_id)), id }
    }
    const query = given({ organizationId: organization_id ?? client.organizationId, name })
    const options = { subject: subject(name ?? ''), signal }
    const found = await allPages(client, 'ListApiTokens', { query }, options)
    return toState(onlyOne(noun, found, { words: `named "${name}"`, path: ['name'] }))
  },
})

export const apiTokens = dataSource<Session>()({
  type: 'agyn_api_tokens',
  description: 'The tokens of an organization that are not revoked. Never the tokens themselves.',
  attributes: {
    organization_id: listedOrganizationId,
    name: nameFilter,
    ...listed('tokens', facts),
  },

  async read({ client, config, signal }) {
    const organizationId = config.organization_id ?? client.organizationId
    const query = given({ organizationId, name: config.name })
    const options = { subject: listSubject('tokens'), signal }
    const found = await allPages(client, 'ListApiTokens', { query }, options)
    return { ...config, ids: found.map(({ id }) => id), items: found.map(toState) }
  },
})

const noun = 'API token'

const subject = (name: string): Subject => ({ noun, type: 'agyn_api_token', name, importId: name })
