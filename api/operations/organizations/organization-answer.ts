import type { Answer } from '../../../contract/schemas/index.ts'
import type { Organization, Scope } from '../../database/gen/client.ts'

/** What an answer needs besides the row itself. */
export const withRoot = {
  scopes: { where: { parentId: null }, select: { id: true } },
} as const

export const toAnswer = (
  row: Organization & { readonly scopes: readonly Pick<Scope, 'id'>[] },
): Answer<'GetOrganization'> => ({
  id: row.id,
  name: row.name,
  rootScopeId: row.scopes[0]?.id ?? '',
  defaultStorage: row.defaultStorage === 'managed' ? 'managed' : 'local',
  revision: row.revision,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
