import { v7 as uuidv7 } from 'uuid'
import { parseConfig } from '../../../contract/schemas/provider-types/index.ts'
import type { Transaction } from '../../database/database.ts'
import { storeConfig } from '../../resolver/provider-config.ts'
import { asNamesake, creating } from '../creating.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { checkUsable } from './check-config.ts'
import { toAnswer, withSecretCount } from './provider-answer.ts'
import { requireMayBorrow } from './require-may-borrow.ts'

export const createSecretProvider = (services: Services) =>
  operation('CreateSecretProvider', async ({ body }, context) => {
    const { database, keyring } = services
    const { id = uuidv7(), name, type, description = null, allowBrowse } = body
    const organizationId = await organizationOf(database, context.principal, body.organizationId)
    const config = parseConfig(type, body.config)
    requireMayBorrow(context.principal, type, config)
    checkUsable(services, type, config)
    const stored = storeConfig(await keyring.of(organizationId), id, type, config)
    const making = {
      what: 'A secret provider',
      kind: 'secret_provider',
      id,
      organizationId,
      namesake: ({ secretProvider }: Transaction) =>
        secretProvider.findFirst({
          where: { organizationId, name, deletedAt: null },
          select: asNamesake,
        }),
    }
    const row = await creating(services, context, making, async ({ secretProvider }) => {
      const row = await secretProvider.create({
        data: { id, organizationId, name, type, description, allowBrowse, ...stored },
        include: withSecretCount,
      })
      return { row, detail: { name, type } }
    })
    return toAnswer(context.principal, row)
  })
