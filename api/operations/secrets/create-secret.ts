import { v7 as uuidv7 } from 'uuid'
import type { Input } from '../../../contract/schemas/index.ts'
import { carryOut } from '../../custody/carry-out.ts'
import { requireProvider } from '../../custody/hold-living.ts'
import { defaultKeeper, requireFits, requireKeeper, type Keeper } from '../../custody/keeper.ts'
import { choosePath } from '../../custody/managed-path.ts'
import { nextRotation } from '../../custody/next-rotation.ts'
import { describeValue, reserve } from '../../custody/pending-write.ts'
import { FIRST_VERSION, newValue, storeValue, type NewValue } from '../../custody/store-value.ts'
import type { Transaction } from '../../database/database.ts'
import type { Scope } from '../../database/gen/client.ts'
import { visibleScopes } from '../../scopes/scope-access.ts'
import { asNamesake, creating } from '../creating.ts'
import { requireScope, scopeMeant } from '../living.ts'
import { organizationOf } from '../organization-of.ts'
import { change, operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { findRemotePlace, NOT_REMOTE, type RemoteColumns } from './remote-place.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

type Body = Input<'CreateSecret'>['body']

export const createSecret = (services: Services) =>
  operation('CreateSecret', async ({ body }, context) => {
    const { database, keyring } = services
    const { principal } = context
    const { id = uuidv7() } = body
    const organizationId = await organizationOf(database, principal, body.organizationId)
    const making: Making = { id, organizationId, body }
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
            ...columnsOf(making, scope),
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

interface Making {
  readonly id: string
  readonly organizationId: string
  readonly body: Body
}

const announced = ({ principal }: Context, { id, organizationId, body }: Making) => ({
  what: 'A secret',
  kind: 'secret',
  id,
  organizationId,
  namesake: ({ secret }: Transaction) =>
    secret.findFirst({
      where: {
        ...{ organizationId, name: body.name, deletedAt: null },
        scope: { AND: [visibleScopes(principal), scopeMeant(principal, body.scopeId)] },
      },
      select: asNamesake,
    }),
})

/** The store that is to keep the value: the one that is named, else the default; undefined: kept here. */
async function keeperFor(
  services: Services,
  { organizationId, body }: Making,
): Promise<Keeper | undefined> {
  const { storage, providerId } = body
  if (storage === 'local') return undefined
  return storage === 'managed' || providerId !== undefined
    ? requireKeeper(services, organizationId, providerId)
    : defaultKeeper(services, organizationId)
}

/**
 * Makes a secret whose value a store keeps. First it is written down, as pending; then the store is
 * asked. From there on it is finished or undone, whatever becomes of this process.
 */
async function createInStore(
  services: Services,
  context: Context,
  making: Making,
  keeper: Keeper,
  value: NewValue,
): Promise<void> {
  requireFits(keeper, value)
  const { id, organizationId, body } = making
  const { principal } = context
  const { name } = body
  const keys = await services.keyring.of(organizationId)
  const { providerId } = keeper.columns
  const scope = await requireScopeNow(services, context, making)
  const path = await choosePath(services.database, keeper, { id, organizationId, name, scope })
  const detail = { name, storage: 'managed', scopeId: scope.id, path }
  const row = await creating(services, context, announced(context, making), async (transaction) => {
    if (providerId !== null) await requireProvider(transaction, organizationId, providerId)
    const held = await requireScope(transaction, principal, organizationId, scope.id)
    await transaction.secret.create({
      data: {
        ...columnsOf(making, held),
        ...NOT_REMOTE,
        storage: 'managed',
        ...keeper.columns,
        remotePath: path,
      },
    })
    const row = await reserve(transaction, {
      ...{ organizationId, secretId: id, ...keeper.columns, path, change: {} },
      ...describeValue(keys, id, value),
      createdBy: principal.name,
    })
    return { row, detail }
  })
  const event = change(
    context,
    organizationId,
    { kind: 'secret', id },
    { ...detail, version: row.number },
  )
  await carryOut(
    { ...services, event, isRecorded: true },
    {
      ...{ keeper, keys, version: row, value: value.value, secretName: name },
      isNew: true,
      isMove: false,
    },
  )
}

/** The scope as it is before anything is written; it is held when the secret is made. */
const requireScopeNow = async (
  { database }: Services,
  { principal }: Context,
  { organizationId, body }: Making,
): Promise<{ readonly id: string; readonly isRoot: boolean }> =>
  database.transaction(async (transaction: Transaction) => {
    const scope = await requireScope(transaction, principal, organizationId, body.scopeId)
    return { id: scope.id, isRoot: scope.parentId === null }
  })

/** Columns that do not depend on where the value is. */
function columnsOf({ id, organizationId, body }: Making, scope: Pick<Scope, 'id'>) {
  const { name, category, description = null, rotateEvery = null, expiresAt } = body
  const now = new Date()
  return {
    ...{ id, organizationId, scopeId: scope.id, name, category, description },
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
    rotateEvery,
    rotatedAt: now,
    rotateAt: nextRotation(now, rotateEvery),
  }
}

/** Both are given, or it is not remote. */
function remoteColumns(body: Body): RemoteColumns | undefined {
  const { providerId, remotePath, remoteKey = null, remoteVersion = null } = body
  if (providerId === undefined || remotePath === undefined) return undefined
  return { providerId, remotePath, remoteKey, remoteVersion }
}
