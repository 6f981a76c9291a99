import { changedColumns } from '../../custody/changed-columns.ts'
import { requireEnvsFit } from '../../custody/env-size.ts'
import { keptIn } from '../../custody/keeper.ts'
import { requireNotWriting } from '../../custody/pending-write.ts'
import { storeValue, type NewValue } from '../../custody/store-value.ts'
import type { Secret, SecretVersion } from '../../database/gen/client.ts'
import { notFound, Refused } from '../../errors.ts'
import { localPlace, type ManagedPlace } from '../../resolver/resolver.ts'
import { requireWithin, visibleSecrets } from '../../scopes/scope-access.ts'
import { changing } from '../changing.ts'
import { checkRevision, operation, type Context } from '../operation.ts'
import type { Services } from '../services.ts'
import { changeInStore } from './change-in-store.ts'
import { changedMeanwhile } from './change.ts'
import { isCurrentValue } from './is-current-value.ts'
import { readPlace } from './read-value.ts'
import { toAnswer, withCurrent } from './secret-answer.ts'

/**
 * Stores the value of an earlier version as a new one, so that numbers go on and the history says what
 * happened. When the current version has that very value, nothing changes.
 */
export const restoreSecretVersion = (services: Services) =>
  operation('RestoreSecretVersion', async ({ params: { id, version } }, context) => {
    const { prisma } = services.database
    const { principal } = context
    const secret = await prisma.secret.findFirst({
      where: { id, ...visibleSecrets(principal), deletedAt: null },
    })
    if (!secret) throw notFound()
    await requireWithin(prisma, principal, secret.scopeId)
    await checkRevision(prisma, context, secret)
    if (secret.storage === 'remote') throw keptElsewhere()
    const row = await findVersion(services, secret, version)
    const value = await openVersion(services, context, secret, row)
    if (secret.storage === 'local' || (await isCurrentValue(services.database, secret, row))) {
      await restoreHere(services, context, secret, row, value)
    } else {
      const planned = { kind: 'stay', value } as const
      await changeInStore(services, context, { before: secret, body: {}, planned }, value)
    }
    const result = await prisma.secret.findUniqueOrThrow({ where: { id }, include: withCurrent })
    return toAnswer(principal)(result)
  })

const keptElsewhere = () =>
  new Refused(
    'invalid',
    'This secret is read from a provider. Name an older version of the store with `remoteVersion`, or take the value back here by changing it to `"storage": "local"`.',
  )

async function findVersion(
  { database }: Services,
  { id: secretId, organizationId }: Secret,
  version: string,
): Promise<SecretVersion> {
  // Nine digits fit into the column, and no secret was ever changed that often.
  const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined
  if (number === undefined) throw notKept()
  const row = await database.prisma.secretVersion.findFirst({
    where: { organizationId, secretId, number, state: { in: ['current', 'past'] } },
  })
  // Where a store keeps no versions, an earlier value is gone.
  if (!row || (row.value === null && row.storeVersion === null)) throw notKept()
  return row
}

/** The value of a version, from here or from the store that keeps it. */
async function openVersion(
  services: Services,
  context: Context,
  secret: Secret,
  row: SecretVersion,
): Promise<NewValue> {
  const { value: bytes, sealFormat, dataKeyId, encoding, number, path } = row
  if (bytes && sealFormat !== null && dataKeyId !== null) {
    const keys = await services.keyring.of(secret.organizationId)
    const value = keys.open(localPlace(secret.id, number), { bytes, sealFormat, dataKeyId })
    return { value, encoding: encoding ?? value.encode().encoding }
  }
  const place: ManagedPlace = {
    storage: 'managed',
    store: await keptIn(services.database, row),
    path: path ?? '',
    version: number,
    storeVersion: row.storeVersion ?? undefined,
    writtenAsBytes: encoding === 'base64',
  }
  const { value } = await readPlace(services, context, secret, place)
  return { value, encoding: encoding ?? value.encode().encoding }
}

/** Here, or nowhere: of what a store keeps, the current version is the one to be restored already. */
async function restoreHere(
  services: Services,
  context: Context,
  { id, organizationId, storage }: Secret,
  { number: restored }: SecretVersion,
  value: NewValue,
): Promise<void> {
  const keys = await services.keyring.of(organizationId)
  await changing(services, context, ['Secret', id], async (transaction, now) => {
    if (now.storage !== storage) throw changedMeanwhile()
    await requireNotWriting(transaction, now)
    const version =
      storage === 'local'
        ? await storeValue(transaction, keys, now, value, context.principal)
        : now.currentVersion
    const detail = { restored, version }
    if (version === now.currentVersion) return { result: undefined, detail }
    await transaction.secret.update({
      where: { id },
      data: {
        ...changedColumns(now, {}, { isNewValue: true }),
        currentVersion: version,
        revision: { increment: 1 },
      },
    })
    await requireEnvsFit(transaction, organizationId, { secretIds: [id] })
    return { result: undefined, detail }
  })
}

const notKept = () =>
  notFound('This version is not kept. GET /api/secrets/{id}/versions lists those that are.')
