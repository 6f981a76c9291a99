import { MASK } from '../../../contract/masking.ts'
import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import type { Answer } from '../../../contract/schemas/index.ts'
import type { SecretProvider } from '../../database/gen/client.ts'

/** What an answer needs besides the row itself. */
export const withSecretCount = {
  _count: { select: { secrets: { where: { deletedAt: null } } } },
} as const

type Row = SecretProvider & { readonly _count: { readonly secrets: number } }

/** A provider as it may be shown. Nothing is decrypted: the row knows which fields are set. */
export const toAnswer = (row: Row): Answer<'GetSecretProvider'> => ({
  id: row.id,
  organizationId: row.organizationId,
  name: row.name,
  type: row.type as ProviderType,
  ...(row.description === null ? {} : { description: row.description }),
  config: {
    ...(row.config as Record<string, unknown>),
    ...Object.fromEntries(row.sensitiveFields.map((field) => [field, MASK])),
  },
  secretCount: row._count.secrets,
  allowBrowse: row.allowBrowse,
  health: {
    status: row.healthStatus as 'unknown' | 'ok' | 'failing',
    ...(row.healthCode === null ? {} : { code: row.healthCode }),
    ...(row.healthCheckedAt === null ? {} : { checkedAt: row.healthCheckedAt.toISOString() }),
  },
  revision: row.revision,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
