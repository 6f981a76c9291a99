import type { Transaction } from './database.ts'

/** Which row: by its id, within an organization unless the caller sees all of them. */
export interface RowId {
  readonly id: string
  readonly organizationId?: string
}

/**
 * Holds a row until the transaction ends: `UPDATE` for who changes it, `SHARE` for who is about to
 * refer to it and needs it to stay as it is, `KEY SHARE` for who only needs it to stay. Read it after
 * this, not before.
 */
export async function lockRow(
  transaction: Transaction,
  table: 'Organization' | 'Scope' | 'SecretProvider' | 'Secret' | 'Env',
  { id, organizationId }: RowId,
  mode: 'UPDATE' | 'SHARE' | 'KEY SHARE',
): Promise<void> {
  const within = organizationId === undefined ? '' : 'AND "organizationId" = $2::uuid'
  await transaction.$queryRawUnsafe(
    `SELECT 1 FROM "${table}" WHERE id = $1::uuid ${within} FOR ${mode}`,
    ...(organizationId === undefined ? [id] : [id, organizationId]),
  )
}
