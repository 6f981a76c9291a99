import { carryOut } from '../../custody/carry-out.ts'
import { requireProvider } from '../../custody/hold-living.ts'
import { keeperAt, requireFits, requireKeeper, type Keeper } from '../../custody/keeper.ts'
import { choosePath } from '../../custody/managed-path.ts'
import { describeValue, makeCurrent, reserve, type Intention } from '../../custody/pending-write.ts'
import type { NewValue } from '../../custody/store-value.ts'
import type { Transaction } from '../../database/database.ts'
import type { Secret, SecretVersion } from '../../database/gen/client.ts'
import { lockRow } from '../../database/lock-row.ts'
import { notFound } from '../../errors.ts'
import { changing } from '../changing.ts'
import { requireScope } from '../living.ts'
import { change, checkRevision, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { changedMeanwhile, type Change } from './change.ts'
import { columnsOf } from './secret-columns.ts'

/**
 * Gives a secret a value that a store keeps: the next version of what it keeps already, or the first
 * one in another store. First all that could stand against it in the database is tried and taken back;
 * then it is written down as pending, and the store is asked.
 */
export async function changeInStore(
  services: Services,
  context: Context,
  wish: Change,
  value: NewValue,
): Promise<void> {
  const { before, body, planned } = wish
  const { id, organizationId, name } = before
  const isMove = planned.kind === 'to-store'
  const keeper = isMove
    ? await requireKeeper(services, organizationId, planned.providerId)
    : await keeperAt(services, organizationId, before)
  requireFits(keeper, value)
  const keys = await services.keyring.of(organizationId)
  const path = isMove ? await pathFor(services, keeper, wish) : (before.remotePath ?? '')
  const intention: Intention = {
    ...{ organizationId, secretId: id, ...keeper.columns, path, change: columnsOf(body) },
    ...describeValue(keys, id, value),
    createdBy: context.principal.name,
  }
  await refuseTaken('A secret', () => rehearse(services, context, wish, intention))
  const version = await services.database.transaction((transaction) =>
    reserveIn(transaction, wish, intention, context),
  )
  const detail = { fields: Object.keys(body), change: planned.kind, path, version: version.number }
  const event = change(context, organizationId, { kind: 'secret', id }, detail)
  await refuseTaken('A secret', () =>
    carryOut(
      { ...services, event },
      { keeper, keys, version, value: value.value, secretName: name, isNew: isMove, isMove },
    ),
  )
}

/** The path in another store goes by the name and scope that the secret will have. */
async function pathFor(
  { database }: Services,
  keeper: Keeper,
  { before, body }: Change,
): Promise<string> {
  const { id, organizationId } = before
  const scope = await database.prisma.scope.findFirst({
    where: { organizationId, id: body.scopeId ?? before.scopeId },
    select: { id: true, parentId: true },
  })
  return await choosePath(database, keeper, {
    ...{ id, organizationId, name: body.name ?? before.name },
    scope: { id: scope?.id ?? before.scopeId, isRoot: scope?.parentId === null },
  })
}

/** Makes the change as if the store had taken the value, and takes it back. Throws whatever stands against it. */
async function rehearse(
  services: Services,
  context: Context,
  change: Change,
  intention: Intention,
): Promise<void> {
  const { organizationId, id, scopeId: from } = change.before
  const { scopeId: to } = change.body
  try {
    await changing(services, context, ['Secret', id], async (transaction, now) => {
      const version = await reserveIn(transaction, change, intention, context)
      if (to !== undefined && to !== from) {
        await requireScope(transaction, context.principal, organizationId, to)
      }
      await makeCurrent(transaction, now, version, undefined)
      throw new Rehearsed()
    })
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error
  }
}

class Rehearsed extends Error {}

/** Writes the write down, unless the secret has got another value or place since it was looked at. */
async function reserveIn(
  transaction: Transaction,
  { before }: Change,
  intention: Intention,
  context: Context,
): Promise<SecretVersion> {
  const { id, organizationId } = before
  await lockRow(transaction, 'Secret', { id, organizationId }, 'UPDATE')
  const now = await transaction.secret.findFirst({ where: { id, organizationId, deletedAt: null } })
  if (!now) throw notFound()
  await checkRevision(transaction, context, now)
  if (PLACE.some((column) => now[column] !== before[column])) throw changedMeanwhile()
  const { providerId } = intention
  if (providerId !== null) await requireProvider(transaction, organizationId, providerId)
  return await reserve(transaction, intention)
}

const PLACE = [
  'storage',
  'providerId',
  'defaultStore',
  'remotePath',
  'currentVersion',
] as const satisfies (keyof Secret)[]
