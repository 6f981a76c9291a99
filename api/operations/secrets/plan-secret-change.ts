import type { FieldIssue } from '../../../contract/field-errors.ts'
import { MASK } from '../../../contract/masking.ts'
import type { Input } from '../../../contract/schemas/index.ts'
import type { Secret } from '../../database/gen/client.ts'
import { Invalid } from '../../errors.ts'
import { newValue, type NewValue } from './store-value.ts'
import { NOT_REMOTE, type RemoteColumns } from './remote-place.ts'

type Body = Input<'UpdateSecret'>['body']

/** What an update means for where the value lies. */
export type SecretChange =
  /** It stays where it is; a value, when there is one, becomes the next version. */
  | { readonly kind: 'stay'; readonly value?: NewValue }
  /** It stays remote, and is read from another place from now on. */
  | { readonly kind: 're-point'; readonly to: RemoteColumns }
  /** It becomes remote, once the new place has been read. */
  | { readonly kind: 'to-remote'; readonly to: RemoteColumns }
  /** It becomes local: with this value, else with what its provider holds now. */
  | { readonly kind: 'to-local'; readonly value?: NewValue }

type Place = Pick<Secret, 'storage' | keyof typeof NOT_REMOTE>

/** Custody never changes silently: it takes `storage` in the body. Throws `Invalid`. */
export function planSecretChange(row: Place, body: Body): SecretChange {
  const storage = body.storage ?? row.storage
  const value =
    body.value === undefined || body.value === MASK
      ? undefined
      : newValue(body.value, body.encoding)
  if (storage === 'remote') return planRemote(row, body, value)
  refuse(remoteFields(body).map((key) => notAllowed(key, row.storage)))
  const kind = row.storage === 'remote' ? 'to-local' : 'stay'
  return { kind, ...(value ? { value } : {}) }
}

function planRemote(row: Place, body: Body, value: NewValue | undefined): SecretChange {
  if (value) {
    refuse([
      {
        path: ['value'],
        code: 'conflict',
        detail:
          'This secret is read from a provider. To keep the value here instead, send `"storage": "local"` with it.',
      },
    ])
  }
  const to = {
    providerId: body.providerId === undefined ? row.providerId : body.providerId,
    remotePath: body.remotePath === undefined ? row.remotePath : body.remotePath,
    remoteKey: body.remoteKey === undefined ? row.remoteKey : body.remoteKey,
    remoteVersion: body.remoteVersion === undefined ? row.remoteVersion : body.remoteVersion,
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

/** Fields of a remote secret that the body sets; clearing one that is not set does no harm. */
const remoteFields = (body: Body) =>
  REMOTE_KEYS.filter((key) => body[key] !== undefined && body[key] !== null)

const notAllowed = (key: string, from: Secret['storage']): FieldIssue => ({
  path: [key],
  code: 'conflict',
  detail:
    from === 'remote'
      ? 'A local secret has no such field. Leave it out: the value is taken from where it is now.'
      : 'This secret is kept here. To read it from a provider instead, send `"storage": "remote"` with it.',
})

function refuse(issues: readonly FieldIssue[]): void {
  if (issues.length > 0) throw new Invalid(issues)
}
