import { v7 as uuidv7 } from 'uuid'
import { requireProvider } from '../../custody/hold-living.ts'
import { defaultKeeper, requireKeeper, type Keeper } from '../../custody/keeper.ts'
import { FIRST_VERSION, newValue, storeValue } from '../../custody/store-value.ts'
import { creating } from '../creating.ts'
import { requireScope } from '../living.ts'
import { organizationOf } from '../organization-of.ts'
import { operation } from '../operation.ts'
import type { Services } from '../services.ts'
import { createInStore } from './create-in-store.ts'
import { announced, columnsOfNew, type NewSecret } from './new-secret.ts'
import { findRemotePlace, NOT_REMOTE, type RemoteColumns } from './remote-place.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

export const createSecret = (services: Services) =>
  operation('CreateSecret', async ({ body }, context) => {
    const { database, keyring } = services
    const { principal } = context
    const { id = uuidv7() } = body
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const making: NewSecret = { id, organizationId, body }
    const remote = remoteColumns(body)
    const keeper = remote ? undefined : await keeperFor(services, making)
    if (keeper && body.value !== undefined) {
      const value = newValue(body.value, body.encoding)
      await createInStore(services, context, making, keeper, value)
      const row = await database.prisma.secret.findUniqueOrThrow({
        where: { id },
        include: withCurrent,
      })
      return toAnswer(principal)(row)
    }

    if (remote) await findRemotePlace(database, organizationId, remote)
    const keys = await keyring.of(organizationId)
    const storage = remote ? 'remote' : 'local'
    const row = await creating(
      services,
      context,
      announced(context, making),
      async (transaction) => {
        if (remote) await requireProvider(transaction, organizationId, remote.providerId)
        const scope = await requireScope(transaction, principal, organizationId, body.scopeId)
        await transaction.secret.create({
          data: {
            ...columnsOfNew(making, scope.id),
            storage,
            currentVersion: remote ? null : FIRST_VERSION,
            ...(remote ?? NOT_REMOTE),
          },
        })
        if (body.value !== undefined) {
          const value = newValue(body.value, body.encoding)
          await storeValue(transaction, keys, making, value, principal)
        }
        const row = await transaction.secret.findUniqueOrThrow({
          where: { id },
          include: withCurrent,
        })
        return { row, detail: { name: body.name, storage, scopeId: scope.id } }
      },
    )
    return toAnswer(principal)(row)
  })

/** The store that is to keep the value: the one that is named, else the default; undefined: kept here. */
async function keeperFor(
  services: Services,
  { organizationId, body }: NewSecret,
): Promise<Keeper | undefined> {
  const { storage, providerId } = body
  if (storage === 'local') return undefined
  return storage === 'managed' || providerId !== undefined
    ? requireKeeper(services, organizationId, providerId)
    : defaultKeeper(services, organizationId)
}

/** Both are given, or it is not remote. */
function remoteColumns(body: NewSecret['body']): RemoteColumns | undefined {
  const { providerId, remotePath, remoteKey = null, remoteVersion = null } = body
  if (providerId === undefined || remotePath === undefined) return undefined
  return { providerId, remotePath, remoteKey, remoteVersion }
}
