import type { Transaction } from '../database/database.ts'
import { uniqueViolation } from '../database/errors.ts'
import { Prisma, type Secret, type SecretVersion } from '../database/gen/client.ts'
import { Refused, unknownId } from '../errors.ts'
import type { OrganizationKeys } from '../keyring/organization-keys.ts'
import { changedColumns, type SecretColumns } from './changed-columns.ts'
import { requireEnvsFit } from './env-size.ts'
import { holdScope, requireProvider } from './hold-living.ts'
import { leave, MOVED } from '../retention/leftovers.ts'
import { isSameStore } from './keeper.ts'
import { WRITING_SECONDS } from './times.ts'
import { forgetOldVersions, type NewValue } from './store-value.ts'

/** What is to be written where, and all that changes with it. It holds nothing of the value but its fingerprint. */
export interface Intention {
  readonly organizationId: string
  readonly secretId: string
  readonly providerId: string | null
  readonly defaultStore: string | null
  readonly path: string
  readonly fingerprint: string
  readonly encoding: 'utf8' | 'base64'
  readonly size: number
  readonly hasNul: boolean
  readonly createdBy: string
  /** What changes of the secret along with it; kept as JSON. */
  readonly change: SecretColumns
}

/** What is known of a value without it. */
export const describeValue = (
  keys: OrganizationKeys,
  secretId: string,
  { value, encoding }: NewValue,
): Pick<Intention, 'fingerprint' | 'encoding' | 'size' | 'hasNul'> => ({
  fingerprint: keys.fingerprint(secretId, value),
  encoding,
  size: value.length,
  hasNul: value.reveal().includes(0),
})

/**
 * Writes down what is about to be written to a store, as the secret's next version. Whatever happens
 * after this is committed, somebody finds it and finishes or undoes it. The secret's row is locked, or new.
 */
export async function reserve(
  transaction: Transaction,
  { change, ...intention }: Intention,
): Promise<SecretVersion> {
  const { organizationId, secretId } = intention
  const newest = await transaction.secretVersion.aggregate({
    where: { organizationId, secretId },
    _max: { number: true },
  })
  const number = (newest._max.number ?? 0) + 1
  try {
    await transaction.secretVersion.create({
      data: { ...intention, number, state: 'pending', change: change as Prisma.InputJsonValue },
    })
  } catch (error) {
    if (uniqueViolation(error)?.endsWith('pending_key')) throw alreadyWriting()
    throw error
  }
  await transaction.$executeRaw`
    UPDATE "SecretVersion" SET "writingUntil" = now() + make_interval(secs => ${WRITING_SECONDS})
    WHERE "organizationId" = ${organizationId}::uuid AND "secretId" = ${secretId}::uuid AND number = ${number}`
  return await transaction.secretVersion.findUniqueOrThrow({
    where: { organizationId_secretId_number: { organizationId, secretId, number } },
  })
}

/** Refuses to change a value while another one is on its way to a store: the order would be by chance. */
export async function requireNotWriting(
  { secretVersion }: Transaction,
  { id: secretId, organizationId }: Pick<Secret, 'id' | 'organizationId'>,
): Promise<void> {
  const where = { organizationId, secretId, state: 'pending' } as const
  if ((await secretVersion.count({ where })) > 0) throw alreadyWriting()
}

/**
 * Makes what was written the current value of the secret, whose row is locked, with all that was to
 * change along with it. A copy in another store is left behind.
 */
export async function makeCurrent(
  transaction: Transaction,
  secret: Secret,
  version: SecretVersion,
  storeVersion: string | undefined,
): Promise<number> {
  const { organizationId, secretId, number, providerId, defaultStore, path } = version
  if (path === null) throw new Error('A pending version without a path.')
  const ofSecret = { organizationId, secretId }
  await requireLiving(transaction, version)
  await transaction.secretVersion.updateMany({
    where: { ...ofSecret, state: 'current' },
    data: { state: 'past' },
  })
  await transaction.secretVersion.update({
    where: { organizationId_secretId_number: { ...ofSecret, number } },
    data: {
      state: 'current',
      storeVersion: storeVersion ?? null,
      writingUntil: null,
      change: Prisma.DbNull,
    },
  })
  await forgetOldVersions(transaction, organizationId, [{ secretId, number }])
  if (secret.storage === 'managed' && secret.remotePath !== null && !isAt(secret, version)) {
    await leave(transaction, { ...secret, secretId, path: secret.remotePath }, MOVED)
  }
  const isFirst = secret.storage === 'managed' && secret.currentVersion === null
  const { revision } = await transaction.secret.update({
    where: { id: secretId },
    data: {
      ...changedColumns(secret, changeOf(version), { isNewValue: true }),
      storage: 'managed',
      currentVersion: number,
      ...{ providerId, defaultStore, remotePath: path, remoteKey: null, remoteVersion: null },
      // What was created and is only now complete has not been changed.
      ...(isFirst ? {} : { revision: { increment: 1 } }),
    },
  })
  await requireEnvsFit(transaction, organizationId, { secretIds: [secretId] }, () => ['value'])
  return revision
}

/** What it refers to may have been deleted while the store was asked; it stays until the transaction ends. */
async function requireLiving(transaction: Transaction, version: SecretVersion): Promise<void> {
  const { organizationId, providerId } = version
  const { scopeId } = changeOf(version)
  if (providerId !== null) await requireProvider(transaction, organizationId, providerId)
  if (scopeId === undefined) return
  if (!(await holdScope(transaction, organizationId, scopeId))) throw unknownId('scopeId', 'scope')
}

/** It was not written, or must not become current: the secret stays as it is. */
export async function giveUp(transaction: Transaction, version: SecretVersion): Promise<void> {
  const { organizationId, secretId, number } = version
  await transaction.secretVersion.updateMany({
    where: { organizationId, secretId, number, state: 'pending' },
    data: { state: 'failed', writingUntil: null, change: Prisma.DbNull },
  })
}

export const isAt = (secret: Secret, version: SecretVersion): boolean =>
  isSameStore(secret, version) && secret.remotePath === version.path

const changeOf = ({ change }: SecretVersion): SecretColumns => (change ?? {}) as SecretColumns

const alreadyWriting = (): Refused =>
  new Refused(
    'request_in_progress',
    'Another value of this secret is being written to its store. Try again in a moment.',
    { retryAfterSeconds: 5 },
  )
