import { leave, MOVED } from '../../retention/leftovers.ts'
import { changedColumns } from '../../custody/changed-columns.ts'
import { isKeptBy, requireKeeper } from '../../custody/keeper.ts'
import { requireEnvsFit } from '../../custody/env-size.ts'
import { requireProvider } from '../../custody/hold-living.ts'
import { requireNotWriting } from '../../custody/pending-write.ts'
import { storeValue, type NewValue } from '../../custody/store-value.ts'
import type { Secret } from '../../database/gen/client.ts'
import { notFound } from '../../errors.ts'
import { requireWithin, visibleSecrets } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { requireScope } from '../living.ts'
import { checkRevision, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { refuseTaken } from '../taken.ts'
import { changeInStore } from './change-in-store.ts'
import { changedMeanwhile, type Change } from './change.ts'
import { isCurrentValue } from './is-current-value.ts'
import { planSecretChange, type SecretChange } from './plan-secret-change.ts'
import { readPlace, readValue } from './read-value.ts'
import { findRemotePlace, NOT_REMOTE } from './remote-place.ts'
import { withCurrent, type SecretRow } from './secret-answer.ts'
import { columnsOf, type SecretPatch } from './secret-columns.ts'

/**
 * Changes a secret in place, its storage included: whatever a store has to be asked is asked before
 * the transaction that changes it over, and until then it resolves as it did.
 */
export async function changeSecret(
  services: Services,
  context: Context,
  id: string,
  body: SecretPatch,
): Promise<SecretRow> {
  const { database } = services
  const { principal } = context
  const before = await database.prisma.secret.findFirst({
    where: { id, ...visibleSecrets(principal), deletedAt: null },
  })
  if (!before) throw notFound()
  await requireWithin(database.prisma, principal, before.scopeId)
  await checkRevision(database.prisma, context, before)
  const planned = await withoutMoving(services, before, planSecretChange(before, body))
  const change: Change = { before, body, planned }
  const value = await valueForStore(services, context, change)
  if (!value) return await changeHere(services, context, change)
  await changeInStore(services, context, change, value)
  return await database.prisma.secret.findUniqueOrThrow({ where: { id }, include: withCurrent })
}

/** A move to the default store is none when the secret is there. */
async function withoutMoving(
  services: Services,
  before: Secret,
  planned: SecretChange,
): Promise<SecretChange> {
  if (planned.kind !== 'to-store' || planned.providerId !== null) return planned
  const keeper = await requireKeeper(services, before.organizationId, planned.providerId)
  if (!isKeptBy(before, keeper)) return planned
  return { kind: 'stay', ...(planned.value ? { value: planned.value } : {}) }
}

/** The value that a store has to be given; undefined when none has: nothing new, or nothing of a store. */
async function valueForStore(
  services: Services,
  context: Context,
  { before, planned }: Change,
): Promise<NewValue | undefined> {
  if (planned.kind === 'to-store') {
    return planned.value ?? (await readValue(services, context, before))
  }
  if (planned.kind !== 'stay' || before.storage !== 'managed' || !planned.value) return undefined
  const { value, encoding } = planned.value
  const keys = await services.keyring.of(before.organizationId)
  const fingerprint = keys.fingerprint(before.id, value)
  const isSame = await isCurrentValue(services.database, before, { fingerprint, encoding })
  return isSame ? undefined : planned.value
}

/** Everything that ends in the database: the value comes here, is read elsewhere, or stays as it is. */
async function changeHere(
  services: Services,
  context: Context,
  { before, body, planned }: Change,
): Promise<SecretRow> {
  const { id, organizationId } = before
  const { principal } = context
  const keys = await services.keyring.of(organizationId)
  const value = await askStores(services, context, before, planned)
  return await refuseTaken('A secret', () =>
    changing(services, context, ['Secret', id], async (transaction, now) => {
      const stale =
        planned.kind === 'stay' ? now.storage !== before.storage : now.revision !== before.revision
      if (stale) throw changedMeanwhile()
      if (value || planned.kind !== 'stay') await requireNotWriting(transaction, now)
      if ('to' in planned) await requireProvider(transaction, organizationId, planned.to.providerId)
      const moved = body.scopeId !== undefined && body.scopeId !== now.scopeId
      if (moved) await requireScope(transaction, principal, organizationId, body.scopeId)
      const version = value && (await storeValue(transaction, keys, now, value, principal))
      if (planned.kind === 'to-remote') {
        await transaction.secretVersion.updateMany({
          where: { organizationId, secretId: id, state: 'current' },
          data: { state: 'past' },
        })
      }
      const { remotePath: path } = now
      if (now.storage === 'managed' && planned.kind !== 'stay' && path !== null) {
        await leave(transaction, { ...now, secretId: id, path }, MOVED)
      }
      const set = version !== undefined && version !== now.currentVersion
      const result = await transaction.secret.update({
        where: { id },
        data: {
          ...changedColumns(now, columnsOf(body), { isNewValue: set || 'to' in planned }),
          ...placeColumns(planned),
          ...(version === undefined ? {} : { currentVersion: version }),
          revision: { increment: 1 },
        },
        include: withCurrent,
      })
      if (set)
        await requireEnvsFit(transaction, organizationId, { secretIds: [id] }, () => ['value'])
      return { result, detail: { fields: Object.keys(body), change: planned.kind, version } }
    }),
  )
}

/**
 * Checks the new place of a secret, and reads what a change of storage needs: the new place once,
 * before anything depends on it, or the old place for its value. Answers the value to be stored.
 */
async function askStores(
  services: Services,
  context: Context,
  before: Secret,
  planned: SecretChange,
): Promise<NewValue | undefined> {
  switch (planned.kind) {
    case 're-point':
      await findRemotePlace(services.database, before.organizationId, planned.to)
      return undefined
    case 'to-remote': {
      const place = await findRemotePlace(services.database, before.organizationId, planned.to)
      await readPlace(services, context, before, place)
      return undefined
    }
    case 'to-local':
      return planned.value ?? (await readValue(services, context, before))
    case 'stay':
      return before.storage === 'local' ? planned.value : undefined // a store has it already
    case 'to-store':
      throw new Error('What goes to a store is changed there.')
  }
}

function placeColumns(planned: SecretChange) {
  switch (planned.kind) {
    case 're-point':
      return planned.to
    case 'to-remote':
      return { storage: 'remote', currentVersion: null, defaultStore: null, ...planned.to } as const
    case 'to-local':
      return { storage: 'local', defaultStore: null, ...NOT_REMOTE } as const
    case 'to-store':
    case 'stay':
      return {}
  }
}
