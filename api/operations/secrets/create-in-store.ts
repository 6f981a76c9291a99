import { carryOut } from '../../custody/carry-out.ts'
import { requireProvider } from '../../custody/hold-living.ts'
import { requireFits, type Keeper } from '../../custody/keeper.ts'
import { choosePath } from '../../custody/managed-path.ts'
import { describeValue, reserve } from '../../custody/pending-write.ts'
import type { NewValue } from '../../custody/store-value.ts'
import { creating } from '../creating.ts'
import { requireScope } from '../living.ts'
import { change, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { announced, columnsOfNew, type NewSecret } from './new-secret.ts'
import { NOT_REMOTE } from './remote-place.ts'

/**
 * Makes a secret whose value a store keeps. First it is written down, as pending; then the store is
 * asked. From there on it is finished or undone, whatever becomes of this process.
 */
export async function createInStore(
  services: Services,
  context: Context,
  making: NewSecret,
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
        ...columnsOfNew(making, held.id),
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
  { organizationId, body }: NewSecret,
): Promise<{ readonly id: string; readonly isRoot: boolean }> =>
  database.transaction(async (transaction) => {
    const scope = await requireScope(transaction, principal, organizationId, body.scopeId)
    return { id: scope.id, isRoot: scope.parentId === null }
  })
