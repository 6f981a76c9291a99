import { MAX_VALUE_BYTES } from '../../../contract/schemas/value-size.ts'
import type { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type WriteOptions, type Written } from '../backend.ts'
import { beforeSending } from '../before-sending.ts'
import type { Secret } from './calls.ts'
import { crc32c } from './crc32c.ts'
import { isRefused } from './google-refusal.ts'
import { findSecret, isOwnedBy, labelsOf, ownSecret } from './own-secret.ts'
import type { SecretManager } from './secret-manager.ts'

/**
 * Stores a value: Google makes a secret and adds versions to it in calls of their own. A secret without
 * versions is therefore what a write has left that came no further, and whoever it belongs to goes on
 * with it. Where the value was certainly not taken, the new secret is taken away again.
 */
export async function writeSecret(
  manager: SecretManager,
  name: string,
  value: SecretValue,
  options: WriteOptions,
): Promise<Written> {
  requireFit(value)
  if (!options.isNew) {
    await requireOwn(manager, name, options)
    return addVersion(manager, name, value, options)
  }
  await create(manager, name, options)
  try {
    return await addVersion(manager, name, value, options)
  } catch (error) {
    if (mayHaveHappened(error)) throw error
    await manager.call('deleteSecret', { name }, options).catch(() => {
      throw halfWritten()
    })
    throw error
  }
}

/** Makes the secret, or finds the one that an earlier write of the same owner has left. */
async function create(manager: SecretManager, name: string, options: WriteOptions): Promise<void> {
  const [parent = '', secretId = ''] = name.split('/secrets/')
  // Where a secret of a region is kept is said by its name.
  const replication = parent.includes('/locations/') ? {} : { replication: { automatic: {} } }
  const secret = { ...replication, labels: labelsOf(options.owner) }
  try {
    await manager.call('createSecret', { parent, secretId, secret }, options)
  } catch (error) {
    if (!isRefused(error, 'ALREADY_EXISTS')) throw error
    const isLeft = await beforeSending(wasLeft(manager, name, options))
    if (!isLeft) throw error
  }
}

async function wasLeft(
  manager: SecretManager,
  name: string,
  options: WriteOptions,
): Promise<boolean> {
  const secret = await findSecret(manager, name, options)
  if (!secret || !isOwnedBy(secret, options.owner) || isYoung(secret)) return false
  const { versions } = await manager.call(
    'listSecretVersions',
    { parent: name, pageSize: 1 },
    options,
  )
  return (versions ?? []).length === 0
}

/** Whoever made it may still be at it. */
function isYoung({ createTime }: Secret): boolean {
  return Number(createTime?.seconds ?? Infinity) * 1000 > Date.now() - writingMs
}

/** Longer than any write takes. */
const writingMs = 20_000

async function requireOwn(
  manager: SecretManager,
  name: string,
  options: WriteOptions,
): Promise<void> {
  const secret = await beforeSending(ownSecret(manager, name, options))
  if (secret) return
  throw new BackendFailure('path_missing', 'The secret is not there any more.', { notSent: true })
}

async function addVersion(
  manager: SecretManager,
  parent: string,
  value: SecretValue,
  options: WriteOptions,
): Promise<Written> {
  const data = value.reveal()
  const payload = { data, dataCrc32c: crc32c(data) }
  const { name } = await manager.call('addSecretVersion', { parent, payload }, options)
  const [, version] = /\/versions\/(\d+)$/.exec(name ?? '') ?? []
  if (version !== undefined) return { version }
  throw new BackendFailure('unreadable_answer', 'Secret Manager did not say which version it made.')
}

function requireFit({ length }: SecretValue): void {
  if (length > MAX_VALUE_BYTES) {
    const message = 'Google Secret Manager takes values of 64 KiB at most.'
    throw new BackendFailure('too_large', message, { notSent: true })
  }
  if (length === 0) {
    const message = 'Google Secret Manager takes no empty values.'
    throw new BackendFailure('misconfigured', message, { notSent: true })
  }
}

/** Whether Google may have taken the value, for all that is known. */
const mayHaveHappened = (error: unknown): boolean =>
  !(error instanceof BackendFailure) || (!error.notSent && !certain.has(error.code))

const certain: ReadonlySet<string> = new Set([
  'forbidden',
  'throttled',
  'misconfigured',
  'path_missing',
])

const halfWritten = (): BackendFailure =>
  new BackendFailure(
    'unreachable',
    'Google Cloud made the secret, but took neither the value nor the secret back.',
  )
