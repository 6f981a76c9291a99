import type { Activity } from '../backends/provider-activity.ts'
import type { Database } from '../database/database.ts'

/**
 * Adds what was counted to the minute of the database's clock, and notes when each provider last
 * succeeded and failed. Several processes write side by side, so counts are added and times only move
 * on. It is no change of a provider: neither `revision` nor `updatedAt` moves. What belongs to no
 * living provider is left out.
 */
export async function writeActivity(
  database: Database,
  activity: ReadonlyMap<string, Activity>,
): Promise<void> {
  const asked = [...activity].map(([id, counted]) => ({ id, ...counted }))
  await database.query('write-activity', WRITE, [JSON.stringify(asked)])
}

/** Rows are locked in the order of their ids, so that no two processes wait for each other. */
const WRITE = `
  WITH asked AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(
      id uuid, calls int, throttles int, failures int,
      "lastSuccessAt" timestamptz, "lastFailureAt" timestamptz, "lastFailureCode" text)
  ), living AS MATERIALIZED (
    SELECT p.id, p."organizationId" FROM "SecretProvider" p JOIN asked a ON a.id = p.id
    WHERE p."deletedAt" IS NULL ORDER BY p.id FOR NO KEY UPDATE OF p
  ), counted AS (
    INSERT INTO "ProviderMinute" AS m
      ("organizationId", "providerId", minute, calls, throttles, failures)
    SELECT l."organizationId", l.id, date_trunc('minute', now()), a.calls, a.throttles, a.failures
    FROM living l JOIN asked a ON a.id = l.id
    WHERE a.calls + a.throttles + a.failures > 0
    ON CONFLICT ("organizationId", "providerId", minute) DO UPDATE SET
      calls = m.calls + excluded.calls,
      throttles = m.throttles + excluded.throttles,
      failures = m.failures + excluded.failures
  )
  UPDATE "SecretProvider" p SET
    "lastSuccessAt" = greatest(p."lastSuccessAt", a."lastSuccessAt"),
    "lastFailureAt" = greatest(p."lastFailureAt", a."lastFailureAt"),
    "lastFailureCode" = CASE
      WHEN a."lastFailureAt" IS NULL OR a."lastFailureAt" < p."lastFailureAt"
      THEN p."lastFailureCode" ELSE a."lastFailureCode" END
  FROM living l JOIN asked a ON a.id = l.id
  WHERE p.id = l.id`
