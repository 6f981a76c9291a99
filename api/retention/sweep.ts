import { v7 as uuidv7 } from 'uuid'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import { Prisma } from '../database/gen/client.ts'
import { forgetDeliveries } from './forget-deliveries.ts'
import { purgeSecret } from './purge-secret.ts'
import { RETAINED_DAYS } from './retained.ts'

export interface SweepOptions {
  readonly database: Database
  readonly audit: Pick<AuditLog, 'recordIn'>
  /** Ends it after the batch under way. */
  readonly signal?: AbortSignal
}

/**
 * Takes away what nobody may bring back any more. Times are the database's. Each batch skips what
 * another process has in hand, so any number of them may sweep at once. Rejects with the first error,
 * once all that could be done is done.
 */
export async function sweep(options: SweepOptions): Promise<void> {
  const { prisma } = options.database
  // Leaves first: a scope or a provider goes once no secret is left that refers to it.
  const steps = [
    () => purgeSecrets(options),
    () => prisma.$executeRaw(PURGED_SECRETS),
    () => prisma.$executeRaw(PROVIDERS),
    () => prisma.$executeRaw(TOKENS),
    () => prisma.$executeRaw(SCOPES),
    () => forgetDeliveries(prisma, Prisma.sql`"deliveredAt" < now() - ${RETAINED}`, BATCH),
    () => prisma.$executeRaw(IDEMPOTENCY_RECORDS),
    () => prisma.$executeRaw(MIGRATION_ITEMS),
    () => prisma.$executeRaw(MIGRATIONS),
    () => prisma.$executeRaw(PROVIDER_MINUTES),
  ]
  const errors: unknown[] = []
  for (const step of steps) {
    try {
      while (!options.signal?.aborted && (await step()) > 0);
    } catch (error) {
      errors.push(error) // the other steps go on: what one stumbles over would stop all of them for good
    }
  }
  if (errors.length > 0) throw errors[0]
}

const RETAINED = Prisma.sql`make_interval(days => ${RETAINED_DAYS}::int)`

/** Rows of one statement: it is over in milliseconds, even where there is one connection for all. */
const BATCH = 1000

/** Secrets of one transaction. Each takes a few statements. */
const SECRETS = 20

const purgeSecrets = ({ database, audit }: SweepOptions): Promise<number> =>
  database.transaction(async (transaction) => {
    const requestId = uuidv7()
    const rows = await transaction.$queryRaw<Deleted[]>`
      SELECT id, "organizationId", name FROM "Secret"
      WHERE "deletedAt" < now() - ${RETAINED} AND "purgedAt" IS NULL
      ORDER BY id LIMIT ${SECRETS} FOR UPDATE SKIP LOCKED`
    for (const row of rows) {
      await purgeSecret(transaction, row)
      await audit.recordIn(transaction, {
        organizationId: row.organizationId,
        principal: { kind: 'system', id: 'retention', name: 'retention' },
        operation: 'PurgeSecret',
        outcome: 'allowed',
        resource: { kind: 'secret', id: row.id },
        requestId,
        detail: { name: row.name, afterDays: RETAINED_DAYS },
      })
    }
    return rows.length
  })

interface Deleted {
  readonly id: string
  readonly organizationId: string
  readonly name: string
}

/** Deletes a batch of rows `x` for which a condition holds, but those that another process has in hand. */
const rowsOf = (table: string, where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  WITH gone AS MATERIALIZED (
    SELECT id FROM ${Prisma.raw(`"${table}"`)} x WHERE ${where}
    LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )
  DELETE FROM ${Prisma.raw(`"${table}"`)} row USING gone WHERE row.id = gone.id`

/** Purged before, while envs referred to them, which are gone now. */
const PURGED_SECRETS = rowsOf(
  'Secret',
  Prisma.sql`"deletedAt" IS NOT NULL AND "purgedAt" IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM "EnvSecret" e
      WHERE (e."organizationId", e."secretId") = (x."organizationId", x.id))`,
)

/** Not while a secret or a version says that it is kept there, or an organization that new values are. */
const PROVIDERS = rowsOf(
  'SecretProvider',
  Prisma.sql`"deletedAt" < now() - ${RETAINED}
    AND NOT EXISTS (SELECT 1 FROM "Secret" s
      WHERE (s."organizationId", s."providerId") = (x."organizationId", x.id))
    AND NOT EXISTS (SELECT 1 FROM "SecretVersion" v
      WHERE (v."organizationId", v."providerId") = (x."organizationId", x.id))
    AND NOT EXISTS (SELECT 1 FROM "Organization" o
      WHERE (o.id, o."defaultProviderId") = (x."organizationId", x.id))`,
)

/** Whoever still sends one is told from then on that it is unknown, and no longer that it was revoked. */
const TOKENS = rowsOf('ApiToken', Prisma.sql`"revokedAt" < now() - ${RETAINED}`)

/** Nothing of a scope can be brought back but what was in it, so it need not wait. */
const SCOPES = rowsOf(
  'Scope',
  Prisma.sql`"deletedAt" IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM "Secret" s
      WHERE (s."organizationId", s."scopeId") = (x."organizationId", x.id))
    AND NOT EXISTS (SELECT 1 FROM "ApiToken" t
      WHERE (t."organizationId", t."scopeId") = (x."organizationId", x.id))
    AND NOT EXISTS (SELECT 1 FROM "Scope" c
      WHERE (c."organizationId", c."parentId") = (x."organizationId", x.id))`,
)

const IDEMPOTENCY_RECORDS = Prisma.sql`
  WITH gone AS MATERIALIZED (
    SELECT "principalId", key FROM "IdempotencyRecord"
    WHERE "createdAt" < now() - interval '24 hours'
    LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )
  DELETE FROM "IdempotencyRecord" r USING gone
  WHERE (r."principalId", r.key) = (gone."principalId", gone.key)`

const MIGRATION_ITEMS = Prisma.sql`
  WITH gone AS MATERIALIZED (
    SELECT i."organizationId", i."migrationId", i."secretId" FROM "MigrationItem" i
    JOIN "Migration" m ON (m."organizationId", m.id) = (i."organizationId", i."migrationId")
    WHERE m."finishedAt" < now() - ${RETAINED}
    LIMIT ${BATCH} FOR UPDATE OF i SKIP LOCKED
  )
  DELETE FROM "MigrationItem" i USING gone
  WHERE (i."organizationId", i."migrationId", i."secretId")
    = (gone."organizationId", gone."migrationId", gone."secretId")`

const MIGRATIONS = rowsOf(
  'Migration',
  Prisma.sql`"finishedAt" < now() - ${RETAINED}
    AND NOT EXISTS (SELECT 1 FROM "MigrationItem" i
      WHERE (i."organizationId", i."migrationId") = (x."organizationId", x.id))`,
)

/** Only the last hour is ever summed up. */
const PROVIDER_MINUTES = Prisma.sql`
  WITH gone AS MATERIALIZED (
    SELECT "organizationId", "providerId", minute FROM "ProviderMinute"
    WHERE minute <= now() - interval '1 hour'
    LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )
  DELETE FROM "ProviderMinute" m USING gone
  WHERE (m."organizationId", m."providerId", m.minute) =
    (gone."organizationId", gone."providerId", gone.minute)`
