import { v7 as uuidv7 } from 'uuid'
import type { AuditEvent, AuditLog } from '../audit/audit-log.ts'
import { Prisma, type Leftover, type SecretVersion } from '../database/gen/client.ts'
import { within } from '../deadline.ts'
import { AppError } from '../errors.ts'
import { asBackendFailure } from '../resolver/as-backend-failure.ts'
import { findWritten } from './find-written.ts'
import { keeperAt, type Finding } from './keeper.ts'
import { commitWrite, undoWrite } from './settle-write.ts'
import { REMOVE_MS, REMOVING_SECONDS, WRITING_SECONDS } from './times.ts'

/** What settling needs. */
export interface Settling extends Finding {
  readonly audit: Pick<AuditLog, 'recordIn' | 'record'>
  /** Ends it after the one under way. */
  readonly signal?: AbortSignal
}

interface Part {
  readonly secretId?: string
  readonly organizationId?: string
  readonly providerId?: string
}

function conditionOf(part: Part): Prisma.Sql {
  const conditions = (['secretId', 'organizationId', 'providerId'] as const).flatMap((column) =>
    part[column] === undefined
      ? []
      : [Prisma.sql`AND ${Prisma.raw(`"${column}"`)} = ${part[column]}::uuid`],
  )
  return conditions.length === 0 ? Prisma.empty : Prisma.join(conditions, ' ')
}

/** Rows that one look takes on. */
const BATCH = 20

/** How long whoever takes one on has for it, before another may. */
const HOLD = Prisma.sql`make_interval(secs => ${Math.max(WRITING_SECONDS, REMOVING_SECONDS)})`

/**
 * Settles all that a request, or a process, has left open: writes that nobody knows the end of, and
 * copies that are to go. Any number of processes may do so at once. What a store does not tell or do
 * now stays open. Answers how many were settled.
 *
 * @param of - only what belongs to this secret, organization or provider
 */
export async function settle(settling: Settling, of: Part = {}): Promise<number> {
  const only = conditionOf(of)
  let settled = 0
  for (const { take, settleOne } of [writes, leftovers]) {
    while (!settling.signal?.aborted) {
      const rows = await take(settling, only)
      const outcomes = await Promise.allSettled(
        rows.map((row) => settleOne(settling, row as never)),
      )
      const failed = outcomes.find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason as Error
      settled += outcomes.filter((each) => each.status === 'fulfilled' && each.value).length
      if (rows.length < BATCH) break
    }
  }
  return settled
}

/**
 * Lets what processes that are gone have left open be settled at once. Only who knows that nobody else is at
 * work may do so: the one process of an embedded database, when it starts.
 */
export async function release({ database: { prisma } }: Pick<Finding, 'database'>): Promise<void> {
  await prisma.$executeRaw`UPDATE "SecretVersion" SET "writingUntil" = now() WHERE state = 'pending'`
  await prisma.$executeRaw`
    UPDATE "Leftover" SET "tryAt" = now(), "removingUntil" = NULL WHERE "removingUntil" IS NOT NULL`
}

const writes = {
  take: ({ database }: Settling, only: Prisma.Sql) => database.prisma.$queryRaw<SecretVersion[]>`
    UPDATE "SecretVersion" v SET "writingUntil" = now() + ${HOLD} FROM (
      SELECT "organizationId", "secretId", number FROM "SecretVersion"
      WHERE state = 'pending' AND "writingUntil" <= now() ${only}
      ORDER BY "writingUntil" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ) due
    WHERE (v."organizationId", v."secretId", v.number) = (due."organizationId", due."secretId", due.number)
    RETURNING v.*`,

  /** Finishes a write that arrived, and undoes one that did not. */
  async settleOne(settling: Settling, version: SecretVersion): Promise<boolean> {
    const { organizationId, secretId: id, number } = version
    const detail = { settled: true, version: number }
    const event = eventOf('UpdateSecret', organizationId, { kind: 'secret', id }, detail)
    const recording = { ...settling, event }
    try {
      const keeper = await keeperAt(settling, organizationId, version)
      const keys = await settling.keyring.of(organizationId)
      const found = await findWritten(keeper, keys, version)
      if (found) await commitWrite(recording, version, found.storeVersion)
      else await undoWrite(recording, version, 'none')
      return true
    } catch (error) {
      // The name it was to have is taken, say: there is nothing to finish any more.
      const isRefused = error instanceof AppError
      if (!isRefused && asBackendFailure(error).code !== 'provider_deleted') return false
      await undoWrite(recording, version, isRefused ? 'left' : 'none')
      return true
    }
  },
}

const leftovers = {
  take: ({ database }: Settling, only: Prisma.Sql) => database.prisma.$queryRaw<Leftover[]>`
    UPDATE "Leftover" l SET "tryAt" = now() + ${HOLD}, "removingUntil" = now() + ${HOLD} FROM (
      SELECT id FROM "Leftover" WHERE "tryAt" <= now() ${only}
      ORDER BY "tryAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ) due
    WHERE l.id = due.id
    RETURNING l.*, l."destroyAt" <= now() AS "forGood"`,

  /** Takes a copy away, as far as it is time for that. */
  async settleOne(settling: Settling, row: Leftover & { forGood: boolean }): Promise<boolean> {
    const { id, organizationId, secretId, path, forGood } = row
    const { prisma } = settling.database
    if (await isInUse(settling, row)) {
      await prisma.leftover.deleteMany({ where: { id } })
      return true
    }
    try {
      const keeper = await keeperAt(settling, organizationId, row)
      const backend = await keeper.open()
      await within(REMOVE_MS, (signal) =>
        backend.remove(path, { owner: secretId, forGood, signal }),
      )
    } catch (error) {
      const { code } = asBackendFailure(error)
      if (!hopeless.has(code)) {
        await prisma.$executeRaw`
          UPDATE "Leftover" SET failures = failures + 1, "removingUntil" = NULL,
            "tryAt" = now() + make_interval(secs => least(3600, 5 * power(2, least(failures, 12))))
          WHERE id = ${id}::uuid`
        return false
      }
      await settling.audit.record({
        ...eventOf('PurgeSecret', organizationId, { kind: 'secret', id: secretId }, { path }),
        outcome: 'failed',
        detail: { path, code, leftBehind: true },
      })
      await prisma.leftover.deleteMany({ where: { id } })
      return true
    }
    if (forGood) await prisma.leftover.deleteMany({ where: { id } })
    else {
      await prisma.$executeRaw`
        UPDATE "Leftover" SET "removedAt" = now(), "tryAt" = "destroyAt", failures = 0,
          "removingUntil" = NULL
        WHERE id = ${id}::uuid`
    }
    return true
  },
}

/** The last look before anything is taken away: no living secret has its value there, or is about to. */
async function isInUse(
  { database }: Settling,
  { providerId, defaultStore, path }: Leftover,
): Promise<boolean> {
  const where = { storage: 'managed', providerId, defaultStore, remotePath: path } as const
  const living = await database.prisma.secret.count({ where: { ...where, deletedAt: null } })
  if (living > 0) return true
  const pending = { state: 'pending', providerId, defaultStore, path } as const
  return (await database.prisma.secretVersion.count({ where: pending })) > 0
}

/** Trying again will not help: it is not ours, or nobody has the credentials any more. */
const hopeless: ReadonlySet<string> = new Set(['not_ours', 'provider_deleted'])

const eventOf = (
  operation: string,
  organizationId: string,
  resource: { readonly kind: string; readonly id: string },
  detail: Readonly<Record<string, unknown>>,
): AuditEvent => ({
  organizationId,
  principal: { kind: 'system', id: 'custody', name: 'custody' },
  operation,
  outcome: 'allowed',
  resource,
  requestId: uuidv7(),
  detail,
})
