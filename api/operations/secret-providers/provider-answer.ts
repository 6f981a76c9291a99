import { MASK } from '../../../contract/masking.ts'
import type { ProviderType } from '../../../contract/schemas/provider-types/index.ts'
import type { Answer } from '../../../contract/schemas/index.ts'
import type { LastHour } from '../../activity/last-hour.ts'
import type { SecretProvider } from '../../database/gen/client.ts'
import { isOwner, type Principal } from '../../principals/principal.ts'

/** What an answer needs besides the row itself. */
export const withSecretCount = {
  _count: { select: { secrets: { where: { deletedAt: null } } } },
} as const

type Row = SecretProvider & { readonly _count: { readonly secrets: number } }

/**
 * A provider as this principal may see it. Nothing is decrypted: the row knows which fields are set, and
 * owners see their fingerprint.
 *
 * @param lastHour - summed up for who looks at one provider, not in lists
 */
export const toAnswer = (
  principal: Principal,
  row: Row,
  lastHour?: LastHour,
): Answer<'GetSecretProvider'> => ({
  id: row.id,
  organizationId: row.organizationId,
  name: row.name,
  type: row.type as ProviderType,
  ...(row.description === null ? {} : { description: row.description }),
  config: {
    ...(row.config as Record<string, unknown>),
    ...Object.fromEntries(row.sensitiveFields.map((field) => [field, MASK])),
  },
  ...(row.configFingerprint !== null && isOwner(principal)
    ? { configFingerprint: row.configFingerprint }
    : {}),
  secretCount: row._count.secrets,
  allowBrowse: row.allowBrowse,
  health: {
    status: row.healthStatus as 'unknown' | 'ok' | 'failing',
    ...(row.healthCode === null ? {} : { code: row.healthCode }),
    ...(row.healthCheckedAt === null ? {} : { checkedAt: row.healthCheckedAt.toISOString() }),
    ...(row.lastSuccessAt === null ? {} : { lastSuccessAt: row.lastSuccessAt.toISOString() }),
    ...(row.lastFailureAt === null ? {} : { lastFailureAt: row.lastFailureAt.toISOString() }),
    ...(row.lastFailureCode === null ? {} : { lastFailureCode: row.lastFailureCode }),
    ...(lastHour === undefined ? {} : { lastHour }),
  },
  revision: row.revision,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
