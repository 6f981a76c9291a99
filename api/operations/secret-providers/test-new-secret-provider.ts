import { parseConfig } from '../../../contract/schemas/provider-types/index.ts'
import { providerSettings } from '../../resolver/open-provider.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { checkConfig } from './check-config.ts'
import { requireMayBorrow } from './require-may-borrow.ts'
import { tryProvider } from './try-provider.ts'

export const testNewSecretProvider = (services: Services) =>
  operation('TestNewSecretProvider', async ({ body }, context) => {
    const { database, audit, backends } = services
    const { operation, principal, requestId, signal } = context
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const config = parseConfig(body.type, body.config)
    requireMayBorrow(principal, body.type, config)
    checkConfig(services, body.type, config)
    const answer = await tryProvider(
      backends,
      async () => providerSettings(body.type, config),
      signal,
    )
    const detail = { type: body.type, ok: answer.ok }
    await audit.record({
      organizationId,
      principal,
      operation,
      outcome: 'allowed',
      requestId,
      detail,
    })
    return answer
  })
