import type { Database } from '../database/database.ts'
import { Invalid, invalidField, unknownId } from '../errors.ts'
import type { Principal } from '../principals/principal.ts'

/**
 * The organization that a body is about. A token has one; an admin names it, or leaves it out while
 * there is only one.
 */
export async function organizationOf(
  database: Database,
  principal: Principal,
  given: string | undefined,
): Promise<string> {
  if (principal.organizationId !== undefined) {
    if (given !== undefined && given !== principal.organizationId) {
      throw unknownId('organizationId', 'organization')
    }
    return principal.organizationId
  }
  const found = await database.prisma.organization.findMany({
    where: given === undefined ? {} : { id: given },
    select: { id: true },
    take: 2,
  })
  const [only, another] = found
  if (only && !another) return only.id
  if (given !== undefined) throw unknownId('organizationId', 'organization')
  throw invalidField(
    'organizationId',
    'required',
    only
      ? 'There are several organizations: name the one it is for.'
      : 'There is no organization yet. Create one with POST /api/organizations.',
  )
}

/** The organization that a list is limited to; undefined for an admin who asks for all of them. */
export function organizationFilter(
  principal: Principal,
  given: string | undefined,
): string | undefined {
  if (principal.organizationId === undefined) return given
  if (given !== undefined && given !== principal.organizationId) {
    const detail = 'This is not the organization of the token. Leave it out.'
    throw new Invalid([{ path: ['organizationId'], code: 'unknown_id', detail }], 'query')
  }
  return principal.organizationId
}
