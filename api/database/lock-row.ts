import type { Transaction } from './database.ts'

/**
 * Holds a row until the transaction ends: `UPDATE` for who changes it, `SHARE` for who is about to
 * refer to it and needs it to stay as it is. Read it after this, not before.
 */
export async function lockRow(
  transaction: Transaction,
  table: 'Organization' | 'SecretProvider' | 'Secret' | 'Env',
  id: string,
  mode: 'UPDATE' | 'SHARE',
): Promise<void> {
  await transaction.$queryRawUnsafe(`SELECT 1 FROM "${table}" WHERE id = $1::uuid FOR ${mode}`, id)
}
