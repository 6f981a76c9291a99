import type { Answer, Call } from '../../../contract/schemas/index.ts'
import { dataSource, flag, list, number, text, type Config } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
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
import { scopeAt } from './scope.ts'

const facts = {
  id: text('Id of the secret.').computed(),
  organization_id: text('Organization it belongs to.').computed(),
  scope_id: text('Scope it belongs to.').computed(),
  name: text('Name, unique in its scope.').computed(),
  category: text('What kind of credential it is.').computed(),
  description: text('What it is for.').computed({ nullable: true }),
  storage: text('Where the value lies: `local`, `remote` or `managed`.').computed(),
  provider_id: text('The secret provider that it is read from, or kept in.').computed({
    nullable: true,
  }),
  remote_path: text('Path in its provider.').computed({ nullable: true }),
  remote_key: text('Key within the stored object.').computed({ nullable: true }),
  remote_version: text('Version that is read; the newest when null.').computed({ nullable: true }),
  reference: text(
    'Where a remote secret is, as one text: `provider://path?version=3#key`.',
  ).computed({ nullable: true }),
  expires_at: text('When the value should have been replaced.').computed({ nullable: true }),
  rotate_every: text('How often it should be replaced.').computed({ nullable: true }),
  rotate_at: text('When it is to be replaced next.').computed({ nullable: true }),
  value_fingerprint: text(
    'Keyed fingerprint of a value that is kept; null with the token of a member.',
  ).computed({ nullable: true }),
  version: text('Number of the current version of a value that is kept.').computed({
    nullable: true,
  }),
  reference_count: number('How many envs refer to it.').computed(),
  broken: flag('Whether its provider was deleted, so that it fails to resolve.').computed(),
}

const toState = (found: Answer<'GetSecret'>) => ({
  id: found.id,
  organization_id: found.organizationId,
  scope_id: found.scopeId,
  name: found.name,
  category: found.category,
  description: found.description ?? null,
  storage: found.storage,
  provider_id: found.providerId ?? null,
  remote_path: found.remotePath ?? null,
  remote_key: found.remoteKey ?? null,
  remote_version: found.remoteVersion ?? null,
  reference: found.reference ?? null,
  expires_at: found.expiresAt ?? null,
  rotate_every: found.rotateEvery ?? null,
  rotate_at: found.rotateAt ?? null,
  value_fingerprint: found.fingerprint ?? null,
  version: found.version ?? null,
  reference_count: found.referenceCount,
  broken: found.broken ?? false,
})

const attributes = {
  ...facts,
  id: text('Id of the secret; or give its `name`.').orComputed(),
  organization_id: lookupOrganizationId,
  name: text('Name of the secret; or give its `id`.').orComputed(),
  scope_id: text(
    'Scope that has the name: by its id here, or by its path in `scope_path`; the root when both are left out.',
  ).orComputed(),
  scope_path: list(
    'Path of the scope that has the name, such as `["payments", "eu"]`.',
    'text',
  ).optional(),
}

export const secret = dataSource<Session>()({
  type: 'agyn_secret',
  description: 'A secret, found by its id, or by its name in a scope. Never its value.',
  attributes,

  validate({ config, diagnostics }) {
    requireOneKey(noun, config, ['id', 'name'], diagnostics)
    const places = ['scope_id', 'scope_path'] as const
    const given = places.filter((place) => config[place] !== null)
    if (config.id !== null && given[0] !== undefined) {
      diagnostics.error({
        summary: 'The scope is said of a secret that is named by its id.',
        detail: 'Leave the scope out; or name the secret by its `name` in the scope.',
        path: [given[0]],
      })
    } else if (given.length > 1) {
      diagnostics.error({
        summary: 'It is said twice which scope is meant.',
        detail: 'Give either `scope_id` or `scope_path`.',
        path: ['scope_path'],
      })
    }
  },

  async read({ client, config, signal }) {
    const { id, organization_id, name, scope_path } = config
    if (id !== null) {
      const options = { subject: subject(id), signal, organizationId: undefined }
      const found = await client.find('GetSecret', { params: { id } }, options)
      return { ...toState(inOrganization(noun, id, found, organization_id)), id, scope_path }
    }
    const organizationId = organization_id ?? client.organizationId
    const scopeId = await scopeIn(client, config, organizationId, signal)
    const query = given({ organizationId, name, scopeId })
    const options = { subject: subject(name ?? ''), signal }
    const found = await allPages(client, 'ListSecrets', { query }, options)
    const words = `named "${name}" in ${nameOfScope(client, config)}`
    return { ...toState(onlyOne(noun, found, { words, path: ['name'] })), scope_path }
  },
})

/** The scope in which a name is looked up. */
async function scopeIn(
  client: Session,
  { scope_id, scope_path }: Config<typeof attributes>,
  organizationId: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (scope_id !== null) return scope_id
  if (scope_path === null && client.tokenScopeId !== undefined) return client.tokenScopeId
  return (await scopeAt(client, scope_path ?? [], organizationId, ['scope_path'], signal)).id
}

function nameOfScope(
  { tokenScopeId }: Session,
  { scope_id, scope_path }: Config<typeof attributes>,
): string {
  if (scope_id !== null) return `the scope ${scope_id}`
  if (scope_path !== null && scope_path.length > 0) return `the scope "${scope_path.join('/')}"`
  return scope_path === null && tokenScopeId !== undefined
    ? 'the scope that the token is limited to'
    : 'the root scope'
}

export const secrets = dataSource<Session>()({
  type: 'agyn_secrets',
  description: 'The secrets of an organization. Never their values.',
  attributes: {
    organization_id: listedOrganizationId,
    name: nameFilter,
    scope_id: text('Only those of this scope, and not of those below it.').optional(),
    provider_id: text(
      'Only those that are read from this secret provider, or kept in it.',
    ).optional(),
    storage: text('Only those of this storage: `local`, `remote` or `managed`.').optional(),
    category: text('Only those of this category.').optional(),
    q: partOfNameFilter,
    broken: flag('With `true` only those whose provider was deleted.').optional(),
    deleted: flag('With `true` only those that were deleted and can be restored.').optional(),
    ...listed('secrets', facts),
  },

  async read({ client, config, signal }) {
    const { storage, category, broken, deleted } = config
    const query = given({
      organizationId: config.organization_id ?? client.organizationId,
      name: config.name,
      scopeId: config.scope_id,
      providerId: config.provider_id,
      q: config.q,
      broken: broken === true ? ('true' as const) : null,
      deleted: deleted === true ? ('true' as const) : null,
      // The API is the one to refuse others.
      storage: storage as Filters['storage'] | null,
      category: category as Filters['category'] | null,
    })
    const options = { subject: listSubject('secrets'), signal }
    const found = await allPages(client, 'ListSecrets', { query }, options)
    return { ...config, ids: found.map(({ id }) => id), items: found.map(toState) }
  },
})

type Filters = NonNullable<Call<'ListSecrets'>['query']>

const noun = 'secret'

const subject = (name: string): Subject => ({ noun, type: 'agyn_secret', name, importId: name })
