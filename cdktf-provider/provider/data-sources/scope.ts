import { scopeKinds, type ScopeKind } from '../../../contract/scope-kinds.ts'
import type { Answer } from '../../../contract/schemas/index.ts'
import { dataSource, list, TerraformError, text, type Path } from '../../plugin/index.ts'
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
import { inOrganization, lookupOrganizationId, notFound, onlyOne, requireOneKey } from './lookup.ts'

const facts = {
  id: text('Id of the scope.').computed(),
  organization_id: text('Organization it belongs to.').computed(),
  kind: text('`organization` (the root), `team`, `workspace` or `project`.').computed(),
  name: text('Name, unique in its parent.').computed(),
  parent_id: text('The scope it lies in; null for the root.').computed({ nullable: true }),
  path: list('Names from below the root down to this one; empty for the root.', 'text').computed(),
}

const toState = (found: Answer<'GetScope'>) => ({
  id: found.id,
  organization_id: found.organizationId,
  kind: found.kind,
  name: found.name,
  parent_id: found.parentId ?? null,
  path: found.path,
})

export const scope = dataSource<Session>()({
  type: 'agyn_scope',
  description: 'A scope of an organization, found by its id, its path or its name.',
  attributes: {
    ...facts,
    id: text('Id of the scope; or give its `path` or `name`.').orComputed(),
    organization_id: lookupOrganizationId,
    name: text('Name of the scope, when no other scope of the organization has it.').orComputed(),
    path: list(
      'Names from below the root, such as `["payments", "eu"]`; `[]` is the root.',
      'text',
    ).orComputed(),
  },

  validate({ config, diagnostics }) {
    requireOneKey(noun, config, ['id', 'path', 'name'], diagnostics)
  },

  async read({ client, config, signal }) {
    const { id, organization_id, name, path } = config
    if (id !== null) {
      const options = { subject: subject(id), signal, organizationId: undefined }
      const found = await client.find('GetScope', { params: { id } }, options)
      return { ...toState(inOrganization(noun, id, found, organization_id)), id }
    }
    const organizationId = organization_id ?? client.organizationId
    if (path !== null) {
      return toState(await scopeAt(client, path, organizationId, ['path'], signal))
    }
    const query = given({ organizationId, name })
    const options = { subject: subject(name ?? ''), signal }
    const found = await allPages(client, 'ListScopes', { query }, options)
    return toState(onlyOne(noun, found, { words: `named "${name}"`, path: ['name'] }))
  },
})

export const scopes = dataSource<Session>()({
  type: 'agyn_scopes',
  description: 'The scopes of an organization, each with its path.',
  attributes: {
    organization_id: listedOrganizationId,
    kind: text(`Only those of this kind: ${scopeKinds.join(', ')}.`).optional(),
    parent_id: text('Only those that lie right in this scope.').optional(),
    name: nameFilter,
    q: partOfNameFilter,
    ...listed('scopes', facts),
  },

  async read({ client, config, signal }) {
    const query = given({
      organizationId: config.organization_id ?? client.organizationId,
      kind: config.kind as ScopeKind | null, // the API is the one to refuse another
      parentId: config.parent_id,
      name: config.name,
      q: config.q,
    })
    const options = { subject: listSubject('scopes'), signal }
    const found = await allPages(client, 'ListScopes', { query }, options)
    return { ...config, ids: found.map(({ id }) => id), items: found.map(toState) }
  },
})

/** The scope at a path, names from below the root; without names it is the root. */
export async function scopeAt(
  client: Session,
  names: readonly string[],
  organizationId: string | undefined,
  at: Path,
  signal: AbortSignal,
): Promise<Answer<'GetScope'>> {
  const path = names.join('/')
  const place = names.length === 0 ? { kind: 'organization' as const } : { path }
  const query = { ...given({ organizationId }), ...place }
  const options = { subject: subject(path), signal }
  const [found, another] = await allPages(client, 'ListScopes', { query }, options)
  if (!found) throw notFound(noun, { words: `at the path "${path}"`, path: at })
  if (!another) return found
  throw new TerraformError({
    summary: 'There are several organizations.',
    detail: 'Give the `organization_id` of the one that is meant.',
    path: ['organization_id'],
  })
}

const noun = 'scope'

const subject = (name: string): Subject => ({ noun, type: 'agyn_scope', name, importId: name })
