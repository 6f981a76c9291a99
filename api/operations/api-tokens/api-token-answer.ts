import type { ApiToken } from '../../database/gen/client.ts'

export const toAnswer = (row: ApiToken) => ({
  id: row.id,
  organizationId: row.organizationId,
  name: row.name,
  role: row.role,
  ...(row.scopeId === null ? {} : { scopeId: row.scopeId }),
  prefix: row.prefix,
  expiresAt: row.expiresAt.toISOString(),
  ...(row.rotateEvery === null ? {} : { rotateEvery: row.rotateEvery }),
  ...(row.rotateAt === null ? {} : { rotateAt: row.rotateAt.toISOString() }),
  ...(row.lastUsedAt === null ? {} : { lastUsedAt: row.lastUsedAt.toISOString() }),
  createdAt: row.createdAt.toISOString(),
})
