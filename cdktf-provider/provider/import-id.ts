import type { Answer } from '../../contract/schemas/index.ts'
import { TerraformError } from '../plugin/index.ts'
import type { Subject } from './api/api-errors.ts'
import type { Session } from './api/session.ts'

/** Where an imported object is. */
export interface Located {
  readonly id: string
  readonly organization_id: string
}

/** What the API answers of an object that is looked up for import. */
interface Found {
  readonly id: string
  readonly organizationId: string
}

/**
 * Finds an object by what the user typed for `terraform import`: its id, or `organization/name`, where
 * the organization is an id or a name.
 */
export async function locate(
  session: Session,
  typed: string,
  noun: string,
  look: {
    readonly byId: (id: string) => Promise<Found | null>
    readonly byName: (organizationId: string, name: string) => Promise<readonly Found[]>
  },
  signal: AbortSignal,
): Promise<Located> {
  const found = isUuid(typed) ? await look.byId(typed.toLowerCase()) : await byName()
  if (!found) throw badImport(noun, typed, 'its id or by `organization/name`')
  return { id: found.id, organization_id: found.organizationId }

  async function byName(): Promise<Found | undefined> {
    const [organization = '', name, ...rest] = typed.split('/')
    if (name === undefined || rest.length > 0) return undefined
    const organizationId = await findOrganizationId(session, organization, signal)
    return organizationId === undefined ? undefined : (await look.byName(organizationId, name))[0]
  }
}

/**
 * The same for what lies in a scope: its id, `organization/name` for the root scope, or
 * `organization/team/workspace/name` for another.
 */
export async function locateInScope(
  session: Session,
  typed: string,
  noun: string,
  look: {
    readonly byId: (id: string) => Promise<Found | null>
    readonly list: (query: {
      readonly organizationId: string
      readonly scopeId?: string
      readonly name: string
    }) => Promise<readonly (Found & { readonly scopeId: string })[]>
  },
  signal: AbortSignal,
): Promise<Located> {
  const forms = 'its id, by `organization/name` in the root scope, or by `organization/scope/name`'
  if (isUuid(typed)) {
    const found = await look.byId(typed.toLowerCase())
    if (!found) throw badImport(noun, typed, forms)
    return { id: found.id, organization_id: found.organizationId }
  }
  const [organizationName = '', ...rest] = typed.split('/')
  const name = rest.pop()
  const organization = name && (await findOrganization(session, organizationName, signal))
  if (!organization) throw badImport(noun, typed, forms)
  const organizationId = organization.id
  const scopeId =
    rest.length === 0
      ? organization.rootScopeId
      : (await findScope(session, organizationId, rest, signal))?.id
  const [found] = scopeId === undefined ? [] : await look.list({ organizationId, scopeId, name })
  if (found) return { id: found.id, organization_id: organizationId }
  const elsewhere = await look.list({ organizationId, name })
  const ids = elsewhere.map(({ id }) => id).join(', ')
  const hint = ids === '' ? '' : `In other scopes there is: ${ids}. `
  throw badImport(noun, typed, forms, hint)
}

/** By what a thing is imported whose organization may not be known yet. */
export const importIdOf = (organizationId: unknown, name: string): string =>
  `${typeof organizationId === 'string' ? organizationId : 'ORGANIZATION'}/${name}`

/** The scope with this path, names from below the root; undefined when there is none. */
export async function findScope(
  session: Session,
  organizationId: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Answer<'GetScope'> | undefined> {
  const path = names.join('/')
  const subject: Subject = { noun: 'scope', type: 'agyn_scope', name: path, importId: path }
  const { items } = await session.call(
    'ListScopes',
    { query: { organizationId, path } },
    { subject, signal },
  )
  return items[0]
}

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

/** What the user typed for `terraform import` leads nowhere. */
export const badImport = (
  noun: string,
  typed: string,
  forms: string,
  /** What is wrong with it, a sentence and a space. */
  wrong = '',
): TerraformError =>
  new TerraformError({
    summary: `There is no ${noun} "${typed}".`,
    detail: `${wrong}Import it by ${forms}. Names are case-sensitive; the token must be allowed to read it.`,
  })

/** Finds an organization by its id or its name, which may look like an id; undefined when there is none. */
export async function findOrganization(
  session: Session,
  idOrName: string,
  signal: AbortSignal,
): Promise<Answer<'GetOrganization'> | undefined> {
  const subject: Subject = {
    noun: 'organization',
    type: 'agyn_organization',
    name: idOrName,
    importId: idOrName,
  }
  if (isUuid(idOrName)) {
    const call = { params: { id: idOrName.toLowerCase() } }
    const options = { subject, signal, organizationId: undefined }
    const found = await session.find('GetOrganization', call, options)
    if (found) return found
  }
  const query = { name: idOrName }
  const { items } = await session.call('ListOrganizations', { query }, { subject, signal })
  return items[0]
}

/** The id of the organization that `findOrganization` finds. */
export const findOrganizationId = async (
  session: Session,
  idOrName: string,
  signal: AbortSignal,
): Promise<string | undefined> => (await findOrganization(session, idOrName, signal))?.id
