import type { Answer } from '../../contract/schemas/index.ts'
import { TerraformError, type Unknown } from '../plugin/index.ts'
import type { Session } from './api/session.ts'

/** Where something new goes that names no scope and no storage. */
export interface OrganizationDefaults {
  /** The scope that the token is limited to, else the root. */
  readonly scopeId: string
  readonly rootScopeId: string
  readonly defaultStorage: 'local' | 'managed'
}

/**
 * Asks the API where an organization keeps what is new, once for each organization, so that a plan shows
 * it. Undefined while that cannot be known: the organization is still to be made.
 */
export async function organizationDefaults(
  client: Session | null,
  organizationId: string | Unknown | null,
  signal: AbortSignal,
): Promise<OrganizationDefaults | undefined> {
  if (client === null || typeof organizationId !== 'string') return undefined
  const organization = await organizationOf(client, organizationId, signal)
  const { rootScopeId, defaultStorage } = organization
  return { scopeId: client.tokenScopeId ?? rootScopeId, rootScopeId, defaultStorage }
}

type Organization = Answer<'GetOrganization'>

/** Asked for once, and by all resources of a plan together. */
const asked = new WeakMap<Session, Map<string, Promise<Organization>>>()

function organizationOf(client: Session, id: string, signal: AbortSignal): Promise<Organization> {
  const byId = asked.get(client) ?? new Map<string, Promise<Organization>>()
  asked.set(client, byId)
  const known = byId.get(id)
  if (known) return known
  const found = findOrganization(client, id, signal)
  byId.set(id, found)
  // After a failure the next one asks again.
  found.catch(() => byId.delete(id))
  return found
}

async function findOrganization(
  client: Session,
  id: string,
  signal: AbortSignal,
): Promise<Organization> {
  const subject = { noun: 'organization', type: 'agyn_organization', name: id, importId: id }
  const options = { subject, signal, organizationId: undefined }
  const found = await client.find('GetOrganization', { params: { id } }, options)
  if (found) return found
  throw new TerraformError({
    summary: `There is no organization ${id}.`,
    detail:
      "Or the token may not see it. Give the id of an organization, or leave it out to mean the token's own.",
    path: ['organization_id'],
  })
}
