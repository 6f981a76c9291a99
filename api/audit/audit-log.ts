import { v7 as uuidv7 } from 'uuid'
import { batched } from '../database/batch.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { Principal } from '../principals/principal.ts'

/** Who did what to what, and how it went. Holds names and ids, never a value. */
export interface AuditEvent {
  readonly organizationId: string | undefined
  readonly principal: Principal
  readonly operation: string
  /** `denied`: the caller may not. `failed`: he may, and it could not be done. */
  readonly outcome: 'allowed' | 'denied' | 'failed'
  readonly resource?: { readonly kind: string; readonly id: string } | undefined
  readonly requestId: string
  readonly detail?: Readonly<Record<string, unknown>>
  /** Values that leave with the answer to a workload, to be remembered until it ends. */
  readonly deliveries?: readonly Delivery[]
}

/** A value that a workload was given, as far as it may be written down. */
export interface Delivery {
  readonly workloadId: string
  /** Name of the variable. */
  readonly env: string
  readonly secretId: string
  readonly version?: string | undefined
  readonly fingerprint: string
  /** What started: a consumer, or the brief of a scope. */
  readonly consumerKind?: string
  readonly consumerId?: string
  readonly scopeId?: string
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
  const deliveries = events.flatMap(deliveryRows)
  if (deliveries.length === 0) await database.query('append-audit-events', APPEND, [rows])
  else {
    // A workload that is started twice at once has two rows here and may have one there.
    const last = new Map(deliveries.map((row) => [keyOf(row), row]))
    const values = [rows, JSON.stringify([...last.values()].sort(byKey))]
    await database.query('append-audit-events-and-deliveries', APPEND_WITH_DELIVERIES, values)
  }
  return events.map(() => undefined)
}

const deliveryRows = ({ organizationId, deliveries = [] }: AuditEvent) =>
  deliveries.map((delivery) => ({ organizationId, ...delivery }))

type DeliveryRow = ReturnType<typeof deliveryRows>[number]

const keyOf = ({ organizationId, workloadId, env, secretId }: DeliveryRow): string =>
  JSON.stringify([organizationId, workloadId, env, secretId])

/** All processes write them in one order, so that two never wait for each other. */
const byKey = (a: DeliveryRow, b: DeliveryRow): number => (keyOf(a) < keyOf(b) ? -1 : 1)

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

/** The same statement, so that no value is recorded as given whose giving was not. */
const APPEND_WITH_DELIVERIES = `
  WITH events AS (${APPEND})
  INSERT INTO "Delivery" ("organizationId", "workloadId", env, "secretId", version, fingerprint,
    "consumerKind", "consumerId", "scopeId")
  SELECT "organizationId", "workloadId", env, "secretId", version, fingerprint,
    "consumerKind"::"ConsumerKind", "consumerId", "scopeId"
  FROM jsonb_to_recordset($2::jsonb) AS row("organizationId" uuid, "workloadId" text, env text,
    "secretId" uuid, version text, fingerprint text, "consumerKind" text, "consumerId" text,
    "scopeId" uuid)
  ON CONFLICT ("organizationId", "workloadId", env, "secretId") DO UPDATE SET
    version = excluded.version, fingerprint = excluded.fingerprint,
    "consumerKind" = excluded."consumerKind", "consumerId" = excluded."consumerId",
    "scopeId" = excluded."scopeId", "deliveredAt" = now()`
