import type { Transaction } from '../database/database.ts'
import type { Secret } from '../database/gen/client.ts'
import { within } from '../deadline.ts'
import { asBackendFailure } from '../resolver/as-backend-failure.ts'
import { REMOVE_MS } from './times.ts'
import { keeperAt, type Finding } from './keeper.ts'
import { forget, holdBack } from '../retention/leftovers.ts'
import { refusalOf } from './write-failed.ts'

/** A copy that is there again, for a while. */
export interface BroughtBack {
  /** Keeps it, in the transaction by which its secret is living again. */
  keepIn(transaction: Transaction): Promise<void>
}

/**
 * Brings the copy of a deleted secret back, by the store's own means. Unless it is kept within a
 * minute, it is taken away again: a process may stop at any point here. Rejects with `WriteFailed`.
 */
export async function bringBack(finding: Finding, secret: Secret): Promise<BroughtBack> {
  const { id: secretId, organizationId, providerId, defaultStore, remotePath: path } = secret
  if (path === null) throw new Error('A managed secret without a path.')
  const copy = { organizationId, secretId, providerId, defaultStore, path }
  await holdBack(finding.database.prisma, copy)
  const keeper = await keeperAt(finding, organizationId, secret)
  try {
    const backend = await keeper.open()
    await within(REMOVE_MS, (signal) => backend.restore(path, { owner: secretId, signal }))
  } catch (error) {
    throw refusalOf(asBackendFailure(error), { secretId, secretName: secret.name, path, keeper })
  }
  return { keepIn: (transaction) => forget(transaction, copy) }
}
