import type { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type CallOptions, type WriteOptions, type Written } from '../backend.ts'
import { azureRules } from './azure-rules.ts'
import type { KeyVaultClient } from './key-vault-client.ts'
import { bytesType, describeSecret, marksOf, requireMark } from './own-secret.ts'
import { refuseDeleted } from './read-secret.ts'

/**
 * Stores a value, as a new secret or the next version of ours. Azure knows no compare-and-set, so what
 * is there is looked at first. Of our own writers only one may be at it for each name: the caller sees
 * to that within this process, and the path's being stored once, in the database, among processes.
 */
export async function writeSecret(
  client: KeyVaultClient,
  name: string,
  value: SecretValue,
  { isNew, owner, encoding, signal }: WriteOptions,
): Promise<Written> {
  const text = value.reveal().toString(encoding)
  if (value.length > azureRules.largestValue[encoding]) throw tooLarge(value.length, encoding)
  const there = await describeSecret(client, name, { signal })
  if (isNew && there) throw taken()
  if (!isNew) {
    if (!there) throw await nothingThere(client, name, { signal })
    requireMark(there, owner)
  }
  const contentType = encoding === 'base64' ? bytesType : 'text/plain'
  const version = await client.set(name, text, { signal, contentType, tags: marksOf(owner) })
  return { version }
}

const taken = (): BackendFailure =>
  new BackendFailure('path_taken', 'The vault has a secret of this name already.', {
    hint: 'Choose another name, or remove what is there.',
  })

async function nothingThere(
  client: KeyVaultClient,
  name: string,
  options: CallOptions,
): Promise<BackendFailure> {
  await refuseDeleted(client, name, options)
  return new BackendFailure('path_missing', 'The secret is not in the vault any more.', {
    hint: 'Somebody may have purged it there.',
  })
}

function tooLarge(bytes: number, encoding: WriteOptions['encoding']): BackendFailure {
  const most = azureRules.largestValue[encoding]
  return new BackendFailure(
    'too_large',
    `The value has ${bytes} bytes; Azure Key Vault takes ${most} at most${encoding === 'base64' ? ' where they are no text' : ''}.`,
    { notSent: true },
  )
}
