import { TerraformError } from '../../plugin/index.ts'
import type { Subject } from './api-errors.ts'

/** Where the state says that something is. */
export interface Place {
  /** Nothing while that is not known, as after an import by identity. */
  readonly organizationId: string | null | undefined
  /**
   * The scope it lies in, null when the state names none. Left out for what a limited token reads
   * wherever it is limited to, as providers and organizations, and where there is no state yet.
   */
  readonly scopeId?: string | null
}

/** What a token sees; undefined where it is not limited. */
export interface Reach {
  readonly tokenOrganizationId: string | undefined
  readonly tokenScopeId: string | undefined
  /** The names from the root down to a scope; undefined when the token does not see it. */
  readonly pathOf: (scopeId: string) => Promise<readonly string[] | undefined>
}

/**
 * Throws unless "not found" can only mean that something is gone: of what lies out of reach of the token
 * the API says the same. In doubt it throws, so that nothing drops out of a state, and nothing counts as
 * destroyed, because of a wrong token.
 */
export async function requireReach(reach: Reach, place: Place, subject: Subject): Promise<void> {
  const { tokenOrganizationId: mine, tokenScopeId: limit } = reach
  const { organizationId, scopeId } = place
  if (mine !== undefined && typeof organizationId === 'string' && mine !== organizationId) {
    throw otherOrganization(organizationId, mine, subject)
  }
  if (limit === undefined || scopeId === undefined) return
  if (scopeId === null || !(await isWithin(reach, limit, scopeId))) {
    throw outsideOfScope(scopeId, limit, subject)
  }
}

/** A token also sees the scopes above its own, and not everything in them. */
async function isWithin({ pathOf }: Reach, limit: string, scopeId: string): Promise<boolean> {
  if (scopeId === limit) return true
  const [outer, inner] = await Promise.all([pathOf(limit), pathOf(scopeId)])
  return outer !== undefined && outer.every((name, depth) => name === inner?.[depth])
}

const otherOrganization = (theirs: string, mine: string, { noun, name }: Subject): TerraformError =>
  new TerraformError({
    summary: `The token belongs to another organization than the ${noun} "${name}".`,
    detail: `The state says organization ${theirs}, the token belongs to ${mine}. Nothing was removed from the state. Use a token of the right organization, or an admin's.`,
  })

const outsideOfScope = (
  scopeId: string | null,
  limit: string,
  { noun, name }: Subject,
): TerraformError =>
  new TerraformError({
    summary: `The token is limited to a scope and cannot tell whether the ${noun} "${name}" is gone.`,
    detail: `The token reaches scope ${limit} and those below; the state says ${scopeId === null ? 'no scope' : `scope ${scopeId}`}. Nothing was removed from the state or destroyed. Use a token of the whole organization.`,
  })
