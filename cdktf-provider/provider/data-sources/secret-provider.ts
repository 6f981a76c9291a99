import type { Answer } from '../../../contract/schemas/index.ts'
import { MASK } from '../../../contract/masking.ts'
import { dataSource, flag, list, map, number, text } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import { toSnakeCase } from '../case.ts'
import type { Session } from '../api/session.ts'
import { given } from '../given.ts'
import { allPages } from './all-pages.ts'
import {
  listed,
  listedOrganizationId,
  nameFilter,
  partOfNameFilter,
  listSubject,
} from './listed.ts'
import { inOrganization, lookupOrganizationId, onlyOne, requireOneKey } from './lookup.ts'

const facts = {
  id: text('Id of the secret provider.').computed(),
  organization_id: text('Organization it belongs to.').computed(),
  name: text('Name, unique in the organization.').computed(),
  type: text('Kind of store.').computed(),
  description: text('What it is for.').computed({ nullable: true }),
  config: map(
    'Its settings as text, by their names as arguments. Credentials are not among them.',
    'text',
  ).computed(),
  credentials_set: list('Names of the credentials that are set.', 'text').computed(),
  allow_browse: flag('Whether owners may list what is in the store, by name.').computed(),
  secret_count: number('How many secrets refer to it.').computed(),
  health: text('Outcome of the last test of it: `unknown`, `ok` or `failing`.').computed(),
}

function toState(found: Answer<'GetSecretProvider'>) {
  const fields = Object.entries(found.config).map(
    ([key, value]) => [toSnakeCase(key), String(value)] as const,
  )
  const isMasked = ([, value]: readonly [string, string]) => value === MASK
  return {
    id: found.id,
    organization_id: found.organizationId,
    name: found.name,
    type: found.type,
    description: found.description ?? null,
    config: Object.fromEntries(fields.filter((field) => !isMasked(field))),
    credentials_set: fields.filter(isMasked).map(([name]) => name),
    allow_browse: found.allowBrowse,
    secret_count: found.secretCount,
    health: found.health.status,
  }
}

export const secretProvider = dataSource<Session>()({
  type: 'agyn_secret_provider',
  description: 'A secret provider, found by its id or its name. Never its credentials.',
  attributes: {
    ...facts,
    id: text('Id of the secret provider; or give its `name`.').orComputed(),
    organization_id: lookupOrganizationId,
    name: text('Name of the secret provider; or give its `id`.').orComputed(),
  },

  validate({ config, diagnostics }) {
    requireOneKey(noun, config, ['id', 'name'], diagnostics)
  },

  async read({ client, config: { id, organization_id, name }, signal }) {
    if (id !== null) {
      const options = { subject: subject(id), signal, organizationId: undefined }
      const found = await client.find('GetSecretProvider', { params: { id } }, options)
      return { ...toState(inOrganization(noun, id, found, organization_id)), id }
    }
    const query = given({ organizationId: organization_id ?? client.organizationId, name })
    const options = { subject: subject(name ?? ''), signal }
    const found = await allPages(client, 'ListSecretProviders', { query }, options)
    return toState(onlyOne(noun, found, { words: `named "${name}"`, path: ['name'] }))
  },
})

export const secretProviders = dataSource<Session>()({
  type: 'agyn_secret_providers',
  description: 'The secret providers of an organization. Never their credentials.',
  attributes: {
    organization_id: listedOrganizationId,
    name: nameFilter,
    type: text('Only those of this kind of store, such as `vault`.').optional(),
    q: partOfNameFilter,
    ...listed('secret providers', facts),
  },

  async read({ client, config, signal }) {
    const query = given({
      organizationId: config.organization_id ?? client.organizationId,
      name: config.name,
      type: config.type,
      q: config.q,
    })
    const options = { subject: listSubject('secret providers'), signal }
    const found = await allPages(client, 'ListSecretProviders', { query }, options)
    return { ...config, ids: found.map(({ id }) => id), items: found.map(toState) }
  },
})

const noun = 'secret provider'

const subject = (name: string): Subject => ({
  noun,
  type: 'agyn_secret_provider',
  name,
  importId: name,
})
