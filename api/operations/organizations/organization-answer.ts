import type { Answer } from '../../../contract/schemas/index.ts'
import type { Organization, Scope } from '../../database/gen/client.ts'
import type { Services } from '../services.ts'

/** What an answer needs besides the row itself. */
export const withRoot = {
  scopes: { where: { parentId: null }, select: { id: true } },
} as const

export const toAnswer = (
  { defaultStore }: Pick<Services, 'defaultStore'>,
  row: Organization & { readonly scopes: readonly Pick<Scope, 'id'>[] },
): Answer<'GetOrganization'> => ({
  id: row.id,
  name: row.name,
  rootScopeId: row.scopes[0]?.id ?? '',
  defaultStorage: (row.defaultStorage ?? (defaultStore ? 'managed' : 'local')) as
    'managed' | 'local',
  ...(row.defaultProviderId === null ? {} : { defaultProviderId: row.defaultProviderId }),
  revision: row.revision,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
