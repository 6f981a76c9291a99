import type { OperationId } from '../../../contract/routes.ts'
import type { Answer, Call } from '../../../contract/schemas/index.ts'
import type { Subject } from '../api/api-errors.ts'
import type { Session } from '../api/session.ts'

/** Reads a list to its end, a page after the other, in the order of the API, which is that of making. */
export async function allPages<Id extends PagedOperation>(
  client: Session,
  operation: Id,
  call: Call<Id>,
  options: { readonly subject: Subject; readonly signal: AbortSignal },
): Promise<Item<Id>[]> {
  const items: Item<Id>[] = []
  const filters: object | undefined = (call as { readonly query?: object }).query
  let cursor: string | null = null
  do {
    const query = { ...filters, limit: 200, ...(cursor === null ? {} : { cursor }) }
    // Only paged operations come here, and the type parameter hides that each takes a cursor.
    const page = (await client.call(
      operation,
      { ...(call as object), query } as Call<Id>,
      options,
    )) as Page<Id>
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

interface AnyPage {
  readonly items: readonly unknown[]
  readonly nextCursor: string | null
}

export type PagedOperation = {
  [Id in OperationId]: Answer<Id> extends AnyPage ? Id : never
}[OperationId]

export type Item<Id extends PagedOperation> = Page<Id>['items'][number]

interface Page<Id extends PagedOperation> {
  readonly items: readonly (Answer<Id> extends { readonly items: readonly (infer One)[] }
    ? One
    : never)[]
  readonly nextCursor: string | null
}
