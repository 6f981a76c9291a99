import type { Scope } from '../../database/gen/client.ts'
import { pathOf, withPath, type NamedScope } from '../../scopes/scope-path.ts'

/** What an answer needs besides the row itself. */
export const withParents = { parent: { select: withPath } } as const

type Row = Scope & { readonly parent: NamedScope | null }

export const toAnswer = (row: Row) => ({
  id: row.id,
  organizationId: row.organizationId,
  kind: row.kind,
  name: row.name,
  ...(row.parentId === null ? {} : { parentId: row.parentId }),
  path: pathOf(row),
  revision: row.revision,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
