import type { FieldIssue } from '../../../contract/field-errors.ts'
import { MASK } from '../../../contract/masking.ts'
import { newValue, type NewValue } from '../../custody/store-value.ts'
import type { Secret } from '../../database/gen/client.ts'
import { Invalid } from '../../errors.ts'
import type { SecretPatch } from './secret-columns.ts'
import { NOT_REMOTE, type RemoteColumns } from './remote-place.ts'

/** What an update means for where the value lies. */
export type SecretChange =
  /** It stays where it is; a value, when there is one, becomes the next version. */
  | { readonly kind: 'stay'; readonly value?: NewValue }
  /** It stays remote, and is read from another place from now on. */
  | { readonly kind: 're-point'; readonly to: RemoteColumns }
  /** It becomes remote, once the new place has been read. */
  | { readonly kind: 'to-remote'; readonly to: RemoteColumns }
  /** It becomes local: with this value, else with what is in its place now. */
  | { readonly kind: 'to-local'; readonly value?: NewValue }
  /** It goes to a store, the default one when that is null: with this value, else with what is in its place now. */
  | { readonly kind: 'to-store'; readonly providerId: string | null; readonly value?: NewValue }

type Place = Pick<Secret, 'storage' | 'defaultStore' | keyof typeof NOT_REMOTE>

/** Custody never changes silently: it takes `storage` in the body. Throws `Invalid`. */
export function planSecretChange(row: Place, body: SecretPatch): SecretChange {
  const storage = body.storage ?? row.storage
  const value =
    body.value === undefined || body.value === MASK
      ? undefined
      : newValue(body.value, body.encoding)
  if (storage === 'remote') return planRemote(row, body, value)
  const given = value ? { value } : {}
  if (storage === 'local') {
    refuse(remoteFields(body).map((key) => notAllowed(key, row, body)))
    return { kind: row.storage === 'local' ? 'stay' : 'to-local', ...given }
  }
  return planManaged(row, body, given)
}

function planManaged(
  row: Place,
  body: SecretPatch,
  given: { readonly value?: NewValue },
): SecretChange {
  const providerId = body.providerId === undefined ? row.providerId : body.providerId
  // Null stands for the default store, whichever that is now: who looks there finds out whether it stays.
  const byDefault = body.storage !== undefined && body.providerId === null
  const stays = row.storage === 'managed' && providerId === row.providerId && !byDefault
  const places = remoteFields(body).filter((key) => key !== 'providerId')
  const unsaid = !stays && body.storage === undefined ? (['providerId'] as const) : []
  refuse([...unsaid, ...places].map((key) => notAllowed(key, row, body)))
  return stays ? { kind: 'stay', ...given } : { kind: 'to-store', providerId, ...given }
}

function planRemote(row: Place, body: SecretPatch, value: NewValue | undefined): SecretChange {
  if (value) {
    refuse([
      {
        path: ['value'],
        code: 'conflict',
        detail:
          'This secret is read from a provider. To keep the value here instead, send `"storage": "local"` with it; to keep it in a provider, `"storage": "managed"`.',
      },
    ])
  }
  const before = row.storage === 'remote' ? row : NOT_REMOTE
  const to = {
    providerId: body.providerId === undefined ? row.providerId : body.providerId,
    remotePath: body.remotePath === undefined ? before.remotePath : body.remotePath,
    remoteKey: body.remoteKey === undefined ? before.remoteKey : body.remoteKey,
    remoteVersion: body.remoteVersion === undefined ? before.remoteVersion : body.remoteVersion,
  }
  const { providerId, remotePath } = to
  if (providerId === null || remotePath === null) {
    const missing = (['providerId', 'remotePath'] as const).filter((key) => to[key] === null)
    const detail = 'A remote secret needs `providerId` and `remotePath`.'
    throw new Invalid(missing.map((key) => ({ path: [key], code: 'required', detail })))
  }
  const columns = { ...to, providerId, remotePath }
  if (row.storage !== 'remote') return { kind: 'to-remote', to: columns }
  const repointed = REMOTE_KEYS.some((key) => to[key] !== row[key])
  return repointed ? { kind: 're-point', to: columns } : { kind: 'stay' }
}

const REMOTE_KEYS = Object.keys(NOT_REMOTE) as (keyof typeof NOT_REMOTE)[]

/** Fields of a place that the body sets; clearing one that is not set does no harm. */
const remoteFields = (body: SecretPatch) =>
  REMOTE_KEYS.filter((key) => body[key] !== undefined && body[key] !== null)

const notAllowed = (key: string, row: Place, { storage }: SecretPatch): FieldIssue => ({
  path: [key],
  code: 'conflict',
  detail:
    storage === 'local'
      ? 'A local secret has no such field. Leave it out: the value is taken from where it is now.'
      : row.storage === 'local' && storage === undefined
        ? 'This secret is kept here. To read it from a provider instead, send `"storage": "remote"` with it; to keep it in one, `"storage": "managed"`.'
        : key === 'providerId'
          ? 'This secret is kept in a store. To move it to another one, send `"storage": "managed"` with it.'
          : 'The path of a managed secret is chosen once, and its value has no keys. Leave it out.',
})

function refuse(issues: readonly FieldIssue[]): void {
  if (issues.length > 0) throw new Invalid(issues)
}
