import { isUnknown, text, unknownValue, type Unknown } from '../plugin/index.ts'
import type { Session } from './session.ts'

/** The organization that a resource belongs to; the provider's, or the token's, when it names none. */
export const organizationId = text(
  "Organization it belongs to. Else the provider's `organization_id`, else the token's own.",
).orComputed({ keeps: true, replaces: true })

/** Plans the organization of a resource that names none, so that the plan shows it. */
export function planOrganizationId(
  client: Session | null,
  given: string | Unknown | null,
): { organization_id?: string | Unknown } {
  if (given !== null) return {}
  return { organization_id: client?.defaultOrganizationId ?? unknownValue }
}

/** The organization to name in a request: what is planned, or nothing while the API is to find it. */
export const organizationIdIn = (planned: {
  readonly organization_id: string | Unknown
}): { organizationId?: string } =>
  isUnknown(planned.organization_id) ? {} : { organizationId: planned.organization_id }
