import type { Env } from '../../database/gen/client.ts'

/** What an answer needs besides the row itself. */
export const withSecret = { secret: { select: { deletedAt: true } } } as const

type Row = Env & { readonly secret: { readonly deletedAt: Date | null } | null }

export const toAnswer = (row: Row) => ({
  id: row.id,
  organizationId: row.organizationId,
  consumer: { kind: row.consumerKind, id: row.consumerId },
  name: row.name,
  ...(row.value === null ? {} : { value: row.value }),
  ...(row.secretId === null ? {} : { secretId: row.secretId }),
  broken: row.secret !== null && row.secret.deletedAt !== null,
  revision: row.revision,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
