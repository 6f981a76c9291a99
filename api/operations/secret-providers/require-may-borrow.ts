import { borrowedBy, type ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import { Refused } from '../../errors.ts'
import { isAdmin, type Principal } from '../../principals/principal.ts'
import type { Config } from '../../resolver/provider-config.ts'

/**
 * Refuses everybody but an admin a provider that logs in with what belongs to the deployment: an
 * organization would borrow the rights of all of them.
 */
export function requireMayBorrow(principal: Principal, type: ProviderType, config: Config): void {
  const how = borrowedBy(type, config)
  if (how === undefined || isAdmin(principal)) return
  throw new Refused(
    'forbidden',
    `This provider ${how}, which belongs to the deployment: only an admin may make, try or re-point it, or let it be browsed. Give it credentials of its own, or ask an admin.`,
  )
}
