import { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type CallOptions, type StoredSecret } from '../backend.ts'
import type { Calls } from './calls.ts'
import { crc32c } from './crc32c.ts'
import type { GcpPath } from './gcp-path.ts'
import { isRefused } from './google-refusal.ts'
import type { SecretManager } from './secret-manager.ts'

/** Reads a version, the latest unless another is named; `null` when there is no such secret. */
export async function readVersion(
  manager: SecretManager,
  { secret, version = 'latest' }: GcpPath,
  options: CallOptions,
): Promise<StoredSecret | null> {
  const access = (which: string) =>
    manager.call('accessSecretVersion', { name: `${secret}/versions/${which}` }, options)
  try {
    return storedSecret(secret, await access(version))
  } catch (error) {
    if (isRefused(error, 'NOT_FOUND') && version === 'latest') return null
    // An alias that is none is called invalid.
    if (!isRefused(error, 'NOT_FOUND', 'INVALID_ARGUMENT') || version === 'latest') throw error
  }
  // The same refusal says that the version is not there and that nothing is: the latest knows. Only
  // accessing it needs no more permission than we have.
  const latest = await access('latest').catch((error: unknown) => {
    if (isRefused(error, 'NOT_FOUND')) return null
    // There, but disabled or destroyed.
    if (isRefused(error, 'FAILED_PRECONDITION')) return undefined
    throw error
  })
  if (latest === null) return null
  const number = latest && storedSecret(secret, latest).version
  throw versionMissing(`There is no version ${version}; the latest is ${number ?? 'another'}.`)
}

export const versionMissing = (message: string): BackendFailure =>
  new BackendFailure('version_missing', message, {
    hint: 'A version is a number, an alias of one, or latest.',
    notSent: true,
  })

/** What an answer holds, after a look at whether it is what was asked for, and arrived unharmed. */
function storedSecret(
  secret: string,
  answer: Calls['accessSecretVersion']['answer'],
): StoredSecret {
  const id = secret.slice(secret.lastIndexOf('/') + 1)
  // The project is named by its number there, however it was named in the question.
  const [, named, version] = /\/secrets\/([^/]+)\/versions\/(\d+)$/.exec(answer.name ?? '') ?? []
  const { data, dataCrc32c: checksum } = answer.payload ?? {}
  // Google keeps no empty values: what is empty was left out.
  if (named !== id || !data?.length || typeof data === 'string') {
    throw unreadable('Secret Manager answered, but without the secret.')
  }
  // Others that speak its API send none.
  if (checksum !== undefined && checksum !== null && Number(checksum) !== crc32c(data)) {
    throw unreadable('The value was harmed on its way: it does not fit its checksum.')
  }
  return { version, value: SecretValue.fromBytes(data), shape: 'bytes' }
}

const unreadable = (message: string): BackendFailure =>
  new BackendFailure('unreadable_answer', message)
