import { isDeepStrictEqual } from 'node:util'
import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import type { Input } from '../../../contract/schemas/index.ts'
import type { SecretProvider } from '../../database/gen/client.ts'
import { notFound } from '../../errors.ts'
import type { OrganizationKeys } from '../../keyring/organization-keys.ts'
import type { Principal } from '../../principals/principal.ts'
import { openConfig, storeConfig, type Config } from '../../resolver/provider-config.ts'
import { visibleTo } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { checkUsable } from './check-config.ts'
import { mergeConfig } from './merge-config.ts'
import { toAnswer, withSecretCount } from './provider-answer.ts'
import { requireMayBorrow } from './require-may-borrow.ts'

export const updateSecretProvider = (services: Services) =>
  operation('UpdateSecretProvider', async ({ params: { id }, body }, context) => {
    const { database, keyring } = services
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
        const config = planConfig(services, context.principal, keys, row, body)
        const updated = await transaction.secretProvider.update({
          where: { id },
          data: {
            ...(body.name === undefined ? {} : { name: body.name }),
            ...(body.description === undefined ? {} : { description: body.description }),
            ...(body.allowBrowse === undefined ? {} : { allowBrowse: body.allowBrowse }),
            ...(config ? { ...storeConfig(keys, id, type, config), ...UNTESTED } : {}),
            revision: { increment: 1 },
          },
          include: withSecretCount,
        })
        const detail = { fields: Object.keys(body), config: Object.keys(body.config ?? {}) }
        return { result: toAnswer(context.principal, updated), detail }
      }),
    )
  })

/** The config to store, checked; undefined when it stays. What borrows of the deployment, an admin alone changes. */
function planConfig(
  services: Services,
  principal: Principal,
  keys: OrganizationKeys,
  row: SecretProvider,
  body: Input<'UpdateSecretProvider'>['body'],
): Config | undefined {
  const opensToBrowsing = body.allowBrowse === true && !row.allowBrowse
  // Before the config is opened: a row whose credentials are broken can still be renamed.
  if (!body.config && !opensToBrowsing) return undefined
  const type = row.type as ProviderType
  const current = openConfig(keys, row)
  const config = body.config ? mergeConfig(type, current, body.config) : current
  if (opensToBrowsing || !isDeepStrictEqual(config, current)) {
    requireMayBorrow(principal, type, current)
    requireMayBorrow(principal, type, config)
  }
  if (!body.config) return undefined
  checkUsable(services, type, config)
  return config
}

/** The outcome of a test belongs to the config that was tested. */
const UNTESTED = { healthStatus: 'unknown', healthCode: null, healthCheckedAt: null } as const
