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
  await database.query('append-audit-events', APPEND, [JSON.stringify(events.map(toRow))])
  return events.map(() => undefined)
}

const toRow = ({ principal, resource, ...event }: AuditEvent) => ({
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
