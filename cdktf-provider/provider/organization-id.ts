import { isUnknown, TerraformError, text, unknownValue, type Unknown } from '../plugin/index.ts'
import type { Session } from './api/session.ts'

/** Which organization is meant when none is named. */
export const elseWhichOrganization = "Else the provider's `organization_id`, else the token's own."

/** The organization that a resource belongs to; the provider's, or the token's, when it names none. */
export const organizationId = text(
  `Organization it belongs to. ${elseWhichOrganization}`,
).orComputed({ keeps: true, replaces: true })

/**
 * Plans the organization of a resource, so that the plan shows it. One that names none stays where it
 * is unless the provider names another: nothing moves because a plan was made with another token.
 */
export function planOrganizationId(
  client: Session | null,
  prior: { readonly organization_id: string } | null,
  given: string | Unknown | null,
): { organization_id?: string | Unknown } {
  const mine = client?.tokenOrganizationId
  if (typeof given === 'string' && mine !== undefined && given !== mine) {
    throw otherOrganization(given, mine)
  }
  if (given !== null) return {}
  const planned =
    client?.organizationId ?? prior?.organization_id ?? client?.tokenOrganizationId ?? unknownValue
  return { organization_id: planned }
}

/** The organization to name in a request: what is planned, or nothing while the API is to find it. */
export const organizationIdIn = (planned: {
  readonly organization_id: string | Unknown
}): { organizationId?: string } =>
  isUnknown(planned.organization_id) ? {} : { organizationId: planned.organization_id }

/** Said at plan: at apply, what is to be moved would be destroyed before it is found out. */
export const otherOrganization = (named: string, tokens: string): TerraformError =>
  new TerraformError({
    summary: 'The token belongs to another organization.',
    detail: `The configuration names organization ${named}, the token belongs to ${tokens}. Use a token of that organization, or an admin's; or leave organization_id out.`,
    path: ['organization_id'],
  })
