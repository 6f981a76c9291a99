import { SecretValue } from '../../keyring/secret-value.ts'
import {
  BackendFailure,
  type CallOptions,
  type ReadOptions,
  type StoredSecret,
} from '../backend.ts'
import type { AnsweredSecret, KeyVaultClient } from './key-vault-client.ts'
import { isRefusal } from './key-vault-refusal.ts'
import { bytesType } from './own-secret.ts'

/** Reads a secret, the current version unless another is named. */
export async function readSecret(
  client: KeyVaultClient,
  name: string,
  { version, managed = false, signal }: ReadOptions,
): Promise<StoredSecret | null> {
  const answered = isVersion(version) ? await client.get(name, { version, signal }) : null
  if (answered) return toStored(answered, { managed })
  // The same 404 says that the version is not there and that nothing is: the current version knows.
  if (version !== undefined && (await exists(client, name, { signal }))) {
    throw new BackendFailure('version_missing', 'The secret has no such version.', {
      hint: 'A version of Azure Key Vault is named by 32 hexadecimal digits.',
    })
  }
  await refuseDeleted(client, name, { signal })
  return null
}

/** Throws `version_deleted` for a secret that is deleted and still kept, where we may know that. */
export async function refuseDeleted(
  client: KeyVaultClient,
  name: string,
  options: CallOptions,
): Promise<void> {
  const deleted = await client.getDeleted(name, options).catch((error: unknown) => {
    if (error instanceof BackendFailure && error.code === 'forbidden') return null
    throw error
  })
  if (!deleted) return
  const when = deleted.deletedOn ? ` at ${deleted.deletedOn.toISOString()}` : ''
  throw new BackendFailure('version_deleted', `The secret was deleted${when}.`, {
    hint: 'Recover it (az keyvault secret recover), or purge it and create it anew.',
  })
}

const isVersion = (version: string | undefined): boolean =>
  version === undefined || /^[0-9a-f]{32}$/i.test(version)

async function exists(
  client: KeyVaultClient,
  name: string,
  options: CallOptions,
): Promise<boolean> {
  try {
    return (await client.get(name, options)) !== null
  } catch (error) {
    if (isRefusal(error, 'SecretDisabled')) return true
    throw error
  }
}

function toStored(
  { secret, answeredAt }: AnsweredSecret,
  { managed }: { managed: boolean },
): StoredSecret {
  requireInTime(secret.properties, answeredAt)
  const { value, properties } = secret
  if (typeof value !== 'string') throw unreadable('it holds no value')
  const isBytes = managed && properties.contentType === bytesType
  return {
    version: properties.version,
    value: isBytes ? decode(value) : SecretValue.fromText(value),
    shape: 'bytes',
  }
}

/** Azure answers values before and after their time as well; the dates are there for us to heed. */
function requireInTime(
  { notBefore, expiresOn }: AnsweredSecret['secret']['properties'],
  answeredAt: Date | undefined,
): void {
  if (!notBefore && !expiresOn) return
  if (!answeredAt) throw unreadable('the secret has an expiry, but the answer has no date')
  if (expiresOn && expiresOn <= answeredAt) {
    throw new BackendFailure(
      'secret_expired',
      `The secret expired at ${expiresOn.toISOString()}.`,
      {
        hint: 'Store a new version of it, or move its expiry.',
      },
    )
  }
  if (notBefore && notBefore > answeredAt) {
    throw new BackendFailure(
      'secret_disabled',
      `The secret is not to be used before ${notBefore.toISOString()}.`,
      { hint: 'Move its activation date, or name a version that is valid already.' },
    )
  }
}

function decode(value: string): SecretValue {
  const bytes = Buffer.from(value, 'base64')
  if (bytes.toString('base64') === value) return SecretValue.fromBytes(bytes)
  throw unreadable('it is marked as base64, and is none')
}

const unreadable = (why: string): BackendFailure =>
  new BackendFailure('unreadable_answer', `The answer of the vault cannot be used: ${why}.`)
