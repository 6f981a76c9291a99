import type { Transaction } from '../database/database.ts'
import type { Env, Organization, Scope, Secret, SecretProvider } from '../database/gen/client.ts'
import { lockRow } from '../database/lock-row.ts'
import { notFound } from '../errors.ts'
import type { Principal } from '../principals/principal.ts'
import { requireWithin, visibleScopes, visibleSecrets, visibleTo } from '../scopes/scope-access.ts'
import { change, checkRevision, type Context } from './operation.ts'
import type { Services } from './services.ts'

/** The things that can be changed, and how each is called in the audit log. */
const kinds = {
  Organization: 'organization',
  Scope: 'scope',
  SecretProvider: 'secret_provider',
  Secret: 'secret',
  Env: 'env',
} as const

interface Rows {
  Organization: Organization
  Scope: Scope
  SecretProvider: SecretProvider
  Secret: Secret
  Env: Env
}

type Find<Row> = (transaction: Transaction, id: string, who: Principal) => Promise<Row | null>

const find: { readonly [Table in keyof Rows]: Find<Rows[Table]> } = {
  Organization: ({ organization }, id) => organization.findUnique({ where: { id } }),
  Scope: ({ scope }, id, who) => scope.findFirst({ where: { id, ...visibleScopes(who) } }),
  SecretProvider: ({ secretProvider }, id, who) =>
    secretProvider.findFirst({ where: { id, ...visibleTo(who), deletedAt: null } }),
  Secret: ({ secret }, id, who) =>
    secret.findFirst({ where: { id, ...visibleSecrets(who), deletedAt: null } }),
  Env: ({ env }, id, who) => env.findFirst({ where: { id, ...visibleTo(who) } }),
}

export interface ChangeOptions<Table extends keyof Rows> {
  /** Finds the row in place of the usual look-up, which finds the living. */
  readonly find?: Find<Rows[Table]>
}

/**
 * Changes one thing in one transaction with its audit row: locks it, reads it as it is now, and makes
 * sure that the caller may change it and meant this revision.
 *
 * @param make - answers the result, and what the audit log says of it
 */
export const changing = <Table extends keyof Rows, Result>(
  { database, audit }: Pick<Services, 'database' | 'audit'>,
  context: Context,
  [table, id]: readonly [Table, string],
  make: (
    transaction: Transaction,
    row: Rows[Table],
  ) => Promise<{ readonly result: Result; readonly detail: Readonly<Record<string, unknown>> }>,
  options: ChangeOptions<Table> = {},
): Promise<Result> =>
  database.transaction(async (transaction) => {
    const { principal } = context
    const within = table === 'Organization' ? {} : visibleTo(principal)
    await lockRow(transaction, table, { id, ...within }, 'UPDATE')
    const row = await (options.find ?? find[table])(transaction, id, principal)
    if (!row) throw notFound()
    if ('scopeId' in row) await requireWithin(transaction, principal, row.scopeId)
    if (table === 'Scope') await requireWithin(transaction, principal, id)
    await checkRevision(transaction, context, row)
    const { result, detail } = await make(transaction, row)
    const organizationId = 'organizationId' in row ? row.organizationId : id
    await audit.recordIn(
      transaction,
      change(context, organizationId, { kind: kinds[table], id }, detail, row.revision + 1),
    )
    return result
  })
