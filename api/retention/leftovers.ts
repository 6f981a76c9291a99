import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../database/database.ts'
import { Refused } from '../errors.ts'
import { RETAINED_DAYS } from './retained.ts'

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

/** All copies that secrets of an organization, or one of them, have left are destroyed at once. */
export const destroyNow = (
  { leftover }: Pick<Transaction, 'leftover'>,
  of: { readonly organizationId: string; readonly secretId?: string },
): Promise<{ readonly count: number }> => {
  const now = new Date(0)
  return leftover.updateMany({ where: of, data: { removeAt: now, destroyAt: now, tryAt: now } })
}

/** Those in a provider's store that are still readable there, to be taken away before nobody can. */
export const removeNow = (
  { leftover }: Pick<Transaction, 'leftover'>,
  of: { readonly organizationId: string; readonly providerId: string },
): Promise<{ readonly count: number }> => {
  const now = new Date(0)
  return leftover.updateMany({
    where: { ...of, removedAt: null },
    data: { removeAt: now, tryAt: now },
  })
}

/** How long whoever brings a copy back has until it is taken away again. */
const BRINGING_BACK_SECONDS = 60

/**
 * Keeps everybody from taking a copy away while it is being brought back. Throws `request_in_progress`
 * while somebody is taking it away.
 */
export async function holdBack(
  database: Pick<Transaction, 'leftover' | '$executeRaw'>,
  copy: Copy,
): Promise<void> {
  const { organizationId, secretId, path } = copy
  const held = await database.$executeRaw`
    UPDATE "Leftover" SET "removedAt" = NULL, "removeAt" = now(),
      "tryAt" = now() + make_interval(secs => ${BRINGING_BACK_SECONDS})
    WHERE "organizationId" = ${organizationId}::uuid AND "secretId" = ${secretId}::uuid
      AND path = ${path} AND ("removingUntil" IS NULL OR "removingUntil" <= now())`
  if (held > 0 || (await database.leftover.count({ where: copy })) === 0) return
  throw new Refused(
    'request_in_progress',
    'What the store keeps of this secret is being taken away at this moment. Try again in a moment.',
    { retryAfterSeconds: 5 },
  )
}
