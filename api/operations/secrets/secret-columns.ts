import type { Input } from '../../../contract/schemas/index.ts'
import type { SecretColumns } from '../../custody/changed-columns.ts'

/** The fields of a secret that an update may change. */
export type SecretPatch = Input<'UpdateSecret'>['body']

/** The columns that a body changes, but for those of the place of its value. */
export function columnsOf(body: SecretPatch): SecretColumns {
  const { name, scopeId, category, description, expiresAt, rotateEvery } = body
  const given = { name, scopeId, category, description, expiresAt, rotateEvery }
  const columns = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(columns)
}
