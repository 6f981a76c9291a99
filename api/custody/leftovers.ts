import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../database/database.ts'
import { RETAINED_DAYS } from '../retention/retained.ts'

/** A copy in a store that its secret has left, or is leaving. */
export interface Copy {
  readonly secretId: string
  readonly organizationId: string
  readonly providerId: string | null
  readonly defaultStore: string | null
  readonly path: string
}

/** How soon a copy is taken away, as far as it can be brought back, and how soon for good. */
export interface Leaving {
  readonly removeInSeconds: number
  readonly destroyInSeconds: number
}

const RETAINED_SECONDS = RETAINED_DAYS * 24 * 60 * 60

/** Of a deleted secret: gone at once, and for good when it can no longer be restored. */
export const DELETED: Leaving = { removeInSeconds: 0, destroyInSeconds: RETAINED_SECONDS }

/** Of one that is kept elsewhere now: whoever had looked it up before may read it for a while. */
export const MOVED: Leaving = { removeInSeconds: 60, destroyInSeconds: RETAINED_SECONDS }

/** Of one that nobody may have any more. */
export const PURGED: Leaving = { removeInSeconds: 0, destroyInSeconds: 0 }

/** Writes down that a copy is to go, in the transaction that makes it one nobody needs. */
export async function leave(
  transaction: Transaction,
  { organizationId, secretId, providerId, defaultStore, path }: Copy,
  { removeInSeconds, destroyInSeconds }: Leaving,
): Promise<void> {
  await forget(transaction, { organizationId, secretId, providerId, defaultStore, path })
  await transaction.$executeRaw`
    INSERT INTO "Leftover"
      (id, "organizationId", "secretId", "providerId", "defaultStore", path, "removeAt", "destroyAt", "tryAt")
    VALUES (${uuidv7()}::uuid, ${organizationId}::uuid, ${secretId}::uuid, ${providerId}::uuid,
      ${defaultStore}, ${path}, now() + make_interval(secs => ${removeInSeconds}),
      now() + make_interval(secs => ${destroyInSeconds}),
      now() + make_interval(secs => ${Math.min(removeInSeconds, destroyInSeconds)}))`
}

/** The copy is needed again. */
export async function forget(transaction: Transaction, copy: Copy): Promise<void> {
  await transaction.leftover.deleteMany({ where: copy })
}
