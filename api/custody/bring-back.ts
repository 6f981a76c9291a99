import type { Transaction } from '../database/database.ts'
import type { Secret } from '../database/gen/client.ts'
import { within } from '../deadline.ts'
import { asBackendFailure } from '../resolver/as-backend-failure.ts'
import { keeperAt, type Finding } from './keeper.ts'
import { forget } from './leftovers.ts'
import { refusalOf } from './write-failed.ts'

/** A copy that is there again, for a while. */
export interface BroughtBack {
  /** Keeps it, in the transaction by which its secret is living again. */
  keepIn(transaction: Transaction): Promise<void>
}

const DEADLINE_MS = 10_000

/**
 * Brings the copy of a deleted secret back, by the store's own means. Unless it is kept within a
 * minute, it is taken away again: a process may stop at any point here. Rejects with `WriteFailed`.
 */
export async function bringBack(finding: Finding, secret: Secret): Promise<BroughtBack> {
  const { id: secretId, organizationId, providerId, defaultStore, remotePath: path } = secret
  if (path === null) throw new Error('A managed secret without a path.')
  const copy = { organizationId, secretId, providerId, defaultStore, path }
  await finding.database.prisma.$executeRaw`
    UPDATE "Leftover" SET "removedAt" = NULL, "removeAt" = now(),
      "tryAt" = now() + make_interval(secs => 60)
    WHERE "organizationId" = ${organizationId}::uuid AND "secretId" = ${secretId}::uuid AND path = ${path}`
  const keeper = await keeperAt(finding, organizationId, secret)
  try {
    const backend = await keeper.open()
    await within(DEADLINE_MS, (signal) => backend.restore(path, { owner: secretId, signal }))
  } catch (error) {
    throw refusalOf(asBackendFailure(error), { secretId, secretName: secret.name, path, keeper })
  }
  return { keepIn: (transaction) => forget(transaction, copy) }
}
