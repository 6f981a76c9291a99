import type { OperationId } from '../../contract/routes.ts'
import type { Answer, Input } from '../../contract/schemas/index.ts'
import type { AuditEvent } from '../audit/audit-log.ts'
import type { Transaction } from '../database/database.ts'
import { ChangedMeanwhile } from '../errors.ts'
import type { Principal } from '../principals/principal.ts'
import { whoMade } from './who-made.ts'

/** What an operation knows of the request besides its input. */
export interface Context {
  readonly operation: OperationId
  readonly principal: Principal
  readonly requestId: string
  /** Aborted when the caller goes away or the request takes too long. */
  readonly signal: AbortSignal
  /** The revisions that `If-Match` allows; undefined when any will do. */
  readonly ifMatch: readonly number[] | undefined
  /** Of a creating request with an `Idempotency-Key`: called first in the transaction that creates. */
  readonly claim?: Claim | undefined
}

/** Writes down what a request made, so that the same request again answers that and makes nothing. */
export type Claim = (transaction: Transaction, resourceId: string) => Promise<void>

export type Handler<Id extends OperationId> = (
  input: Input<Id>,
  context: Context,
) => Promise<Answer<Id>>

/** One handler for each row of the table: a missing one does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> }

/** Names the operation a function serves, and gives it that operation's types. */
export const operation = <Id extends OperationId>(id: Id, handle: Handler<Id>) =>
  ({ [id]: handle }) as { readonly [_ in Id]: Handler<Id> }

/** What a change is checked against: an organization belongs to itself. */
interface Revised {
  readonly id: string
  readonly organizationId?: string
  readonly revision: number
  readonly updatedAt: Date
}

/** Stops a change that was meant for an older state of the thing, and says who changed it since. */
export async function checkRevision(
  database: Pick<Transaction, 'auditEvent' | 'apiToken'>,
  { ifMatch, principal }: Context,
  { id, organizationId = id, revision, updatedAt }: Revised,
): Promise<void> {
  if (!ifMatch || ifMatch.includes(revision)) return
  const by = await whoMade(database, principal, { organizationId, id, revision })
  const at = updatedAt.toISOString()
  throw new ChangedMeanwhile({ at, revision, ...(by ? { by } : {}) })
}

/**
 * The audit row of a change that was made.
 *
 * @param revision - what it made of the thing, where that counts its changes
 */
export const change = (
  { operation, principal, requestId }: Context,
  organizationId: string,
  resource: { readonly kind: string; readonly id: string },
  detail: Readonly<Record<string, unknown>> = {},
  revision?: number,
): AuditEvent => ({
  organizationId,
  principal,
  operation,
  outcome: 'allowed',
  resource,
  requestId,
  detail,
  revision,
})
