import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import { notFound } from '../../errors.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { checkDestination } from './check-destination.ts'
import { mergeConfig } from './merge-config.ts'
import { toAnswer, withSecretCount } from './provider-answer.ts'
import { openConfig, storeConfig } from '../../resolver/provider-config.ts'

export const updateSecretProvider = (services: Services) =>
  operation('UpdateSecretProvider', async ({ params: { id }, body }, context) => {
    const { database, keyring, outbound } = services
    const where = { id, ...visibleTo(context.principal), deletedAt: null }
    const owner = await database.prisma.secretProvider.findFirst({
      where,
      select: { organizationId: true },
    })
    if (!owner) throw notFound()
    const keys = await keyring.of(owner.organizationId) // not inside the transaction
    return await refuseTaken('A secret provider', () =>
      changing(services, context, ['SecretProvider', id], async (transaction, row) => {
        const type = row.type as ProviderType
        const config = body.config && mergeConfig(type, openConfig(keys, row), body.config)
        if (config) checkDestination(outbound, type, config)
        const updated = await transaction.secretProvider.update({
          where: { id },
          data: {
            ...(body.name === undefined ? {} : { name: body.name }),
            ...(body.description === undefined ? {} : { description: body.description }),
            ...(config ? { ...storeConfig(keys, id, type, config), ...UNTESTED } : {}),
            revision: { increment: 1 },
          },
          include: withSecretCount,
        })
        const detail = { fields: Object.keys(body), config: Object.keys(body.config ?? {}) }
        return { result: toAnswer(updated), detail }
      }),
    )
  })

/** The outcome of a test belongs to the config that was tested. */
const UNTESTED = { healthStatus: 'unknown', healthCode: null, healthCheckedAt: null } as const
