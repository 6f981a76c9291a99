import { v7 as uuidv7 } from 'uuid'
import { batched } from '../database/batch.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { Principal } from '../principals/principal.ts'

/** Who did what to what, and how it went. Holds names and ids, never a value. */
export interface AuditEvent {
  readonly organizationId: string | undefined
  readonly principal: Actor
  readonly operation: string
  /** `denied`: the caller may not. `failed`: he may, and it could not be done. */
  readonly outcome: 'allowed' | 'denied' | 'failed'
  readonly resource?: { readonly kind: string; readonly id: string } | undefined
  readonly requestId: string
  readonly detail?: Readonly<Record<string, unknown>>
  /** What a change has made of the thing, by which it is found again who made it. */
  readonly revision?: number | undefined
  /** What leaves with the answer to a workload. */
  readonly deliveries?: Deliveries | undefined
}

/** Whoever made a request, or the API itself, which keeps house. */
export type Actor = Pick<Principal, 'id' | 'name'> & {
  readonly kind: Principal['kind'] | 'system'
}

/**
 * The values that a workload was given at once, to be remembered until it ends. They replace what the
 * same workload was given before as the same consumer, or for a brief of the same scope.
 */
export interface Deliveries extends Start {
  readonly values: readonly Delivery[]
}

/** What started: a workload, as a consumer or with the brief of a scope. */
export interface Start {
  readonly workloadId: string
  readonly consumerKind?: string
  readonly consumerId?: string
  readonly scopeId?: string
}

/** A value that was given, as far as it may be written down. */
export interface Delivery {
  /** Name of the variable. */
  readonly env: string
  readonly secretId: string
  readonly version?: string | undefined
  readonly fingerprint: string
}

/**
 * The append-only record. A change is recorded in its own transaction, so that neither exists without
 * the other; everything else before its answer leaves. When it cannot be recorded, it does not happen.
 */
export class AuditLog {
  readonly #append: (event: AuditEvent) => Promise<void>

  constructor(database: Database) {
    this.#append = batched((events) => appendAll(database, events), {
      size: 200,
      concurrency: Math.min(2, database.connections),
    })
  }

  /** Records a change together with the change. */
  async recordIn(transaction: Transaction, event: AuditEvent): Promise<void> {
    await transaction.auditEvent.create({ data: toRow(event) })
  }

  /** Records what changes nothing: a resolve, a refusal. Resolves when the row is committed, together with others in flight. */
  async record(event: AuditEvent): Promise<void> {
    await this.#append(event)
  }
}

async function appendAll(database: Database, events: readonly AuditEvent[]): Promise<undefined[]> {
  const rows = JSON.stringify(events.map(toRow))
  const { starts, given } = lastOfEach(events)
  if (starts.length === 0) await database.query('append-audit-events', APPEND, [rows])
  else {
    const values = [rows, JSON.stringify(given), JSON.stringify(starts)]
    await database.query('append-audit-events-and-deliveries', APPEND_WITH_DELIVERIES, values)
  }
  return events.map(() => undefined)
}

/**
 * What workloads hold from now on. One that is started twice at once has two answers here, and the last
 * one counts. All processes write the rows in one order, so that two never wait for each other.
 */
function lastOfEach(events: readonly AuditEvent[]) {
  const starts = new Map<string, { readonly start: object; readonly rows: readonly GivenRow[] }>()
  for (const { organizationId, deliveries } of events) {
    if (!deliveries) continue
    const { values, ...started } = deliveries
    const start = { organizationId, ...started }
    starts.set(JSON.stringify(start), {
      start,
      rows: values.map((each) => ({ ...start, ...each })),
    })
  }
  const all = [...starts.values()]
  const given = new Map(all.flatMap(({ rows }) => rows.map((row) => [keyOf(row), row])))
  return {
    starts: all.map(({ start, rows }) => ({
      ...start,
      kept: rows.map(({ env, secretId }) => `${env} ${secretId}`),
    })),
    given: [...given].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  }
}

type GivenRow = Start & Delivery & { readonly organizationId: string | undefined }

const keyOf = ({ organizationId, workloadId, env, secretId }: GivenRow): string =>
  JSON.stringify([organizationId, workloadId, env, secretId])

const toRow = ({ principal, resource, deliveries: _, ...event }: AuditEvent) => ({
  id: uuidv7(),
  organizationId: event.organizationId ?? null,
  principalKind: principal.kind,
  principalId: principal.id,
  principalName: principal.name,
  operation: event.operation,
  outcome: event.outcome,
  resourceKind: resource?.kind ?? null,
  resourceId: resource?.id ?? null,
  requestId: event.requestId,
  revision: event.revision ?? null,
  detail: { ...event.detail } as object,
})

/** One statement for any number of rows, so that it is planned once. */
const APPEND = `
  INSERT INTO "AuditEvent" (id, "organizationId", "principalKind", "principalId", "principalName",
    operation, outcome, "resourceKind", "resourceId", "requestId", detail)
  SELECT id, "organizationId", "principalKind", "principalId", "principalName",
    operation, outcome, "resourceKind", "resourceId", "requestId", detail
  FROM jsonb_to_recordset($1::jsonb) AS row(id uuid, "organizationId" uuid, "principalKind" text,
    "principalId" text, "principalName" text, operation text, outcome text, "resourceKind" text,
    "resourceId" text, "requestId" text, detail jsonb)`

/**
 * The same statement, so that no value is recorded as given whose giving was not. What a workload does
 * not hold any more is deleted last and without waiting for a lock: two processes that write of the
 * same workloads never stop each other, and what another one is just writing is not old.
 */
const APPEND_WITH_DELIVERIES = `
  WITH events AS (${APPEND}),
  given AS (
    INSERT INTO "Delivery" ("organizationId", "workloadId", env, "secretId", version, fingerprint,
      "consumerKind", "consumerId", "scopeId")
    SELECT "organizationId", "workloadId", env, "secretId", version, fingerprint,
      "consumerKind", "consumerId", "scopeId"
    FROM jsonb_to_recordset($2::jsonb) AS row("organizationId" uuid, "workloadId" text, env text,
      "secretId" uuid, version text, fingerprint text, "consumerKind" "ConsumerKind",
      "consumerId" text, "scopeId" uuid)
    ON CONFLICT ("organizationId", "workloadId", env, "secretId") DO UPDATE SET
      version = excluded.version, fingerprint = excluded.fingerprint,
      "consumerKind" = excluded."consumerKind", "consumerId" = excluded."consumerId",
      "scopeId" = excluded."scopeId", "deliveredAt" = now()
    RETURNING 1
  ),
  former AS MATERIALIZED (
    SELECT old."organizationId", old."workloadId", old.env, old."secretId"
    FROM jsonb_to_recordset($3::jsonb) AS start("organizationId" uuid, "workloadId" text,
      "consumerKind" "ConsumerKind", "consumerId" text, "scopeId" uuid, kept text[])
    JOIN "Delivery" old ON old."organizationId" = start."organizationId"
      AND old."workloadId" = start."workloadId"
      AND old."consumerKind" IS NOT DISTINCT FROM start."consumerKind"
      AND old."consumerId" IS NOT DISTINCT FROM start."consumerId"
      AND old."scopeId" IS NOT DISTINCT FROM start."scopeId"
    WHERE (SELECT count(*) FROM given) >= 0 -- first all that is given, in its order
      AND concat(old.env, ' ', old."secretId") <> ALL (start.kept)
    FOR UPDATE OF old SKIP LOCKED
  )
  DELETE FROM "Delivery" d USING former
  WHERE (d."organizationId", d."workloadId", d.env, d."secretId")
    = (former."organizationId", former."workloadId", former.env, former."secretId")`
