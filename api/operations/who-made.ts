import type { Doer } from '../../contract/problems.ts'
import type { Transaction } from '../database/database.ts'
import type { Principal } from '../principals/principal.ts'
import { visibleTokens } from '../scopes/scope-access.ts'

/** One state of a thing. */
export interface Revision {
  readonly organizationId: string
  readonly id: string
  readonly revision: number
}

/**
 * Who made a thing what it is at a revision, for an owner who may change it. Undefined when no audit row
 * says it: of what came about as part of something larger, or long ago. A token that is out of the
 * caller's reach is not named either.
 */
export async function whoMade(
  { auditEvent, apiToken }: Pick<Transaction, 'auditEvent' | 'apiToken'>,
  caller: Principal,
  { organizationId, id, revision }: Revision,
): Promise<Doer | undefined> {
  const event = await auditEvent.findFirst({
    where: { organizationId, resourceId: id, revision, outcome: 'allowed' },
    orderBy: { at: 'desc' }, // a change that changed nothing announced the same revision before
    select: { principalKind: true, principalId: true, principalName: true },
  })
  if (event?.principalKind === 'admin') return { kind: 'admin' }
  if (event?.principalKind === 'system') return { kind: 'system' }
  if (!event) return undefined
  const token = { id: event.principalId, ...visibleTokens(caller) }
  const isKnown = (await apiToken.count({ where: token })) > 0
  return isKnown ? { kind: 'token', id: event.principalId, name: event.principalName } : undefined
}
