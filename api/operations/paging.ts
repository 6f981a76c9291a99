import { validate as isUuid } from 'uuid'
import type { OperationId } from '../../contract/routes.ts'
import { Refused } from '../errors.ts'

interface Position {
  readonly operation: OperationId
  readonly organizationId: string | undefined
}

/**
 * Where a page begins: after the id that the last one ended with. Rows that come and go in between
 * can neither be skipped nor repeated.
 */
export function afterCursor(
  cursor: string | undefined,
  { operation, organizationId }: Position,
): { readonly id?: { readonly gt: string } } {
  if (cursor === undefined) return {}
  const [at, of, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (at !== operation || of !== (organizationId ?? '-') || !isUuid(id)) {
    throw new Refused(
      'malformed',
      'This cursor does not belong to this list. Begin again without one.',
    )
  }
  return { id: { gt: id as string } }
}

/** A page of `limit` rows, made from one row more than that, which tells whether there is another page. */
export function pageOf<Row extends { readonly id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  { operation, organizationId }: Position,
  toItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(toItem),
    nextCursor:
      last && rows.length > limit
        ? Buffer.from(`${operation} ${organizationId ?? '-'} ${last.id}`).toString('base64url')
        : null,
  }
}
