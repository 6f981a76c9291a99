import { isUtf8 } from 'node:buffer'
import { base64Length } from '../../../contract/schemas/value-size.ts'
import { type Encoding, SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type StoredSecret } from '../backend.ts'
import { readJson } from '../json-members.ts'
import { selectKey } from '../select-key.ts'

/** What a value of ours is kept as, since Vault keeps objects: `{ "value": … }`, readable for everybody. */
export function wrapValue(value: SecretValue, encoding: Encoding): object {
  const bytes = value.reveal()
  return encoding === 'utf8' && isUtf8(bytes)
    ? { value: bytes.toString('utf8') }
    : { value: bytes.toString('base64'), encoding: 'base64' }
}

/** The exact bytes that `wrapValue` was given. */
export function unwrapValue(stored: StoredSecret): StoredSecret {
  const value = selectKey(stored, 'value')
  const json = readJson(stored.value.reveal().toString('utf8'))
  const isText = json?.kind !== 'object' || json.members.get('encoding') !== '"base64"'
  if (isText) return { ...stored, value, shape: 'bytes' }

  const text = value.reveal().toString('utf8')
  if (base64Length(text) === undefined) {
    throw new BackendFailure('unreadable_answer', 'The value says that it is base64, and is not.', {
      hint: 'Somebody has changed it in Vault: write it anew, or restore a version there.',
    })
  }
  return { ...stored, value: SecretValue.fromBytes(Buffer.from(text, 'base64')), shape: 'bytes' }
}
