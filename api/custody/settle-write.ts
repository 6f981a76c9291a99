import type { AuditEvent, AuditLog } from '../audit/audit-log.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { SecretVersion, VersionState } from '../database/gen/client.ts'
import { lockRow } from '../database/lock-row.ts'
import { Refused } from '../errors.ts'
import { purgeSecret } from '../retention/purge-secret.ts'
import { leave, PURGED } from '../retention/leftovers.ts'
import { giveUp, isAt, makeCurrent } from './pending-write.ts'

/** What both ends of a write are recorded with. */
export interface Recording {
  readonly database: Database
  readonly audit: Pick<AuditLog, 'recordIn'>
  /** Of the request that began the write, or of the API itself when it settles what another left. */
  readonly event: AuditEvent
  /** What was announced is recorded already, with all that it says: only a failure is added to that. */
  readonly isRecorded?: boolean
}

/**
 * Ends a write that was made: the value becomes current, unless somebody else has seen to that already.
 * Throws what stands against it: then nothing has changed.
 */
export const commitWrite = (
  { database, audit, event, isRecorded = false }: Recording,
  version: SecretVersion,
  storeVersion: string | undefined,
): Promise<void> =>
  withLock(database, version, async (transaction, state) => {
    if (state === 'current' || state === 'past') return
    const secret = await transaction.secret.findUnique({ where: { id: version.secretId } })
    const isOvertaken = secret && (secret.currentVersion ?? 0) > version.number
    if (state !== 'pending' || !secret || secret.deletedAt !== null || isOvertaken) {
      throw overtaken()
    }
    const revision = await makeCurrent(transaction, secret, version, storeVersion)
    if (isRecorded) return
    const changed = revision === secret.revision ? {} : { revision }
    await audit.recordIn(transaction, { ...event, ...changed })
  })

/**
 * Ends a write that was not made, or must not count. A secret that was to be created with it goes
 * again, and so does the memory of the request, which can be sent anew.
 *
 * @param copy - `left`: what was written is there, and is to be taken away
 */
export const undoWrite = (
  { database, audit, event }: Recording,
  version: SecretVersion,
  copy: 'none' | 'left',
): Promise<void> =>
  withLock(database, version, async (transaction, state) => {
    const { organizationId, secretId: id, path } = version
    if (state === 'current' || state === 'past') return
    const secret = await transaction.secret.findUnique({ where: { id } })
    // Where the secret has its value, the store's older version is the one that counts.
    const holdsValue = secret && secret.currentVersion !== null && isAt(secret, version)
    if (copy === 'left' && path !== null && !holdsValue) {
      await leave(transaction, { ...version, secretId: id, path }, PURGED)
    }
    if (state !== 'pending' || !secret) return
    if (secret.storage === 'managed' && secret.currentVersion === null) {
      await transaction.secret.update({ where: { id }, data: { deletedAt: new Date() } })
      await purgeSecret(transaction, { id, organizationId })
      await transaction.idempotencyRecord.deleteMany({ where: { resourceId: id } })
    } else await giveUp(transaction, version)
    await audit.recordIn(transaction, { ...event, outcome: 'failed' })
  })

/** Works on a version as it is now: somebody else may have settled it, or taken its secret away. */
async function withLock(
  database: Database,
  { organizationId, secretId, number }: SecretVersion,
  work: (transaction: Transaction, state: VersionState | undefined) => Promise<void>,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await lockRow(transaction, 'Secret', { id: secretId, organizationId }, 'UPDATE')
    const now = await transaction.secretVersion.findUnique({
      where: { organizationId_secretId_number: { organizationId, secretId, number } },
      select: { state: true },
    })
    await work(transaction, now?.state)
  })
}

const overtaken = (): Refused =>
  new Refused(
    'precondition_failed',
    'The secret was changed by another request while its value was being written to its store. Read it again, and repeat the change if it still applies.',
  )
