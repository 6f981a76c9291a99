import type { AuditEvent, AuditLog } from '../audit/audit-log.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { SecretVersion } from '../database/gen/client.ts'
import { lockRow } from '../database/lock-row.ts'
import { Refused } from '../errors.ts'
import { purgeSecret } from '../retention/purge-secret.ts'
import { leave, PURGED } from './leftovers.ts'
import { giveUp, isAt, isStillPending, makeCurrent } from './pending-write.ts'

/** What both ends of a write are recorded with. */
export interface Recording {
  readonly database: Database
  readonly audit: Pick<AuditLog, 'recordIn'>
  /** Of the request that began the write, or of the API itself when it settles what another left. */
  readonly event: AuditEvent
}

/**
 * Ends a write that was made: the value becomes current. Does nothing when somebody has settled it
 * already. Throws what stands against it: then nothing has changed.
 */
export const commitWrite = (
  { database, audit, event }: Recording,
  version: SecretVersion,
  storeVersion: string | undefined,
): Promise<void> =>
  whilePending(database, version, async (transaction) => {
    const secret = await transaction.secret.findUniqueOrThrow({ where: { id: version.secretId } })
    if (secret.deletedAt !== null || (secret.currentVersion ?? 0) > version.number) {
      throw overtaken()
    }
    await makeCurrent(transaction, secret, version, storeVersion)
    await audit.recordIn(transaction, event)
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
  whilePending(database, version, async (transaction) => {
    const { organizationId, secretId: id, path } = version
    const secret = await transaction.secret.findUniqueOrThrow({ where: { id } })
    // Where the secret has its value, the store's older version is the one that counts.
    const holdsValue = secret.currentVersion !== null && isAt(secret, version)
    if (copy === 'left' && path !== null && !holdsValue) {
      await leave(transaction, { ...version, secretId: id, path }, PURGED)
    }
    if (secret.storage === 'managed' && secret.currentVersion === null) {
      await transaction.secret.update({ where: { id }, data: { deletedAt: new Date() } })
      await purgeSecret(transaction, { id, organizationId })
      await transaction.idempotencyRecord.deleteMany({ where: { resourceId: id } })
    } else await giveUp(transaction, version)
    await audit.recordIn(transaction, { ...event, outcome: 'failed' })
  })

async function whilePending(
  database: Database,
  version: SecretVersion,
  work: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const { secretId: id, organizationId } = version
    await lockRow(transaction, 'Secret', { id, organizationId }, 'UPDATE')
    if (await isStillPending(transaction, version)) await work(transaction)
  })
}

const overtaken = (): Refused =>
  new Refused(
    'precondition_failed',
    'The secret was changed by another request while its value was being written to its store. Read it again, and repeat the change if it still applies.',
  )
