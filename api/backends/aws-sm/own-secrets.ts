import { randomUUID } from 'node:crypto'
import type { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { MAX_VALUE_BYTES } from '../../../contract/schemas/value-size.ts'
import type { SecretValue } from '../../keyring/secret-value.ts'
import {
  BackendFailure,
  type CallOptions,
  type OwnOptions,
  type RemoveOptions,
  type WriteOptions,
  type Written,
} from '../backend.ts'
import { AwsRefusal, notAwsAnswer } from './aws-refusal.ts'
import type { AwsService } from './aws-service.ts'
import { beforeSending } from '../before-sending.ts'
import { isMissing } from './read-secret.ts'
import { type LabelOfVersion, type Labels, planLabels } from './version-labels.ts'

/** The secrets that we make, each marked by its tags with whose it is. */
export class OwnSecrets {
  readonly #secrets: AwsService<SecretsManager>

  constructor(secrets: AwsService<SecretsManager>) {
    this.#secrets = secrets
  }

  async write(name: string, value: SecretValue, options: WriteOptions): Promise<Written> {
    checkSize(value)
    if (options.isNew) return await this.#create(name, value, options)
    const found = await beforeSending(this.#findOwn(name, options))
    // Whoever took it away, the value is needed.
    if (!found) return await this.#create(name, value, options)
    if (found.isDeleted) throw isDeleted()
    const VersionStages = ['AWSCURRENT', ...(await this.#makeRoomForLabel(name, found, options))]
    const request = { SecretId: name, VersionStages, ...contentOf(value, options) }
    return writtenVersion(
      await this.#secrets.call((client, http) => client.putSecretValue(request, http), options),
    )
  }

  async remove(name: string, options: RemoveOptions): Promise<void> {
    const found = await this.#findOwn(name, options)
    if (!found || (found.isDeleted && !options.forGood)) return
    const how = options.forGood
      ? { ForceDeleteWithoutRecovery: true }
      : { RecoveryWindowInDays: 30 }
    try {
      await this.#secrets.call(
        (client, http) => client.deleteSecret({ SecretId: name, ...how }, http),
        options,
      )
    } catch (error) {
      // Somebody was quicker.
      if (!isMissing(error) && !isDeletion(error)) throw error
    }
  }

  async restore(name: string, options: OwnOptions): Promise<void> {
    const found = await this.#findOwn(name, options)
    if (!found?.isDeleted) return
    await this.#secrets.call(
      (client, http) => client.restoreSecret({ SecretId: name }, http),
      options,
    )
  }

  async #create(name: string, value: SecretValue, options: WriteOptions): Promise<Written> {
    const Tags = [
      { Key: 'managed-by', Value: 'agyn-secrets' },
      { Key: ownerTag, Value: options.owner },
    ]
    const request = { Name: name, Tags, ...contentOf(value, options) }
    try {
      return writtenVersion(
        await this.#secrets.call((client, http) => client.createSecret(request, http), options),
      )
    } catch (error) {
      if (isDeletion(error)) throw isTakenByDeletion()
      throw error
    }
  }

  /** What is known of a secret, without its value; `null` when there is none. Rejects with `not_ours` for another's. */
  async #findOwn(name: string, options: OwnOptions): Promise<Found | null> {
    try {
      const { ARN, Tags, DeletedDate, VersionIdsToStages } = await this.#secrets.call(
        (client, http) => client.describeSecret({ SecretId: name }, http),
        options,
      )
      if (typeof ARN !== 'string') throw notAwsAnswer()
      if (!Tags?.some(({ Key, Value }) => Key === ownerTag && Value === options.owner)) {
        throw notOurs()
      }
      return { isDeleted: DeletedDate !== undefined, labels: VersionIdsToStages ?? {} }
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  /** The label for the next version, when there is room: to be without one is no reason not to write. */
  async #makeRoomForLabel(
    name: string,
    { labels }: Found,
    options: CallOptions,
  ): Promise<readonly string[]> {
    const { next, missing, outdated } = planLabels(labels)
    try {
      for (const old of outdated) {
        await this.#label(name, old, { RemoveFromVersionId: old.versionId }, options)
      }
      if (missing) await this.#label(name, missing, { MoveToVersionId: missing.versionId }, options)
      return [next]
    } catch (error) {
      if (error instanceof BackendFailure) return []
      throw error
    }
  }

  async #label(
    SecretId: string,
    { label }: LabelOfVersion,
    change: { MoveToVersionId: string } | { RemoveFromVersionId: string },
    options: CallOptions,
  ): Promise<void> {
    const request = { SecretId, VersionStage: label, ...change }
    await this.#secrets.call(
      (client, http) => client.updateSecretVersionStage(request, http),
      options,
    )
  }
}

interface Found {
  readonly isDeleted: boolean
  readonly labels: Labels
}

/** The tag that says which secret of ours it belongs to. */
export const ownerTag = 'agyn-secret'

function contentOf(value: SecretValue, { encoding }: WriteOptions) {
  const bytes = value.reveal()
  return {
    // It becomes the id of the version.
    ClientRequestToken: randomUUID(),
    ...(encoding === 'utf8' ? { SecretString: bytes.toString('utf8') } : { SecretBinary: bytes }),
  }
}

function writtenVersion({ VersionId }: { VersionId?: string | undefined }): Written {
  if (typeof VersionId !== 'string') throw notAwsAnswer()
  return { version: VersionId }
}

/** The last look: others that speak AWS's protocol take what AWS does not. */
function checkSize({ length }: SecretValue): void {
  if (length > MAX_VALUE_BYTES) {
    throw new BackendFailure('too_large', 'AWS Secrets Manager takes values up to 64 KiB.', {
      notSent: true,
    })
  }
  if (length === 0) {
    throw new BackendFailure('forbidden', 'AWS Secrets Manager keeps no empty values.', {
      notSent: true,
    })
  }
}

const isDeletion = (error: unknown): boolean =>
  error instanceof AwsRefusal && error.code === 'version_deleted'

const isDeleted = (): BackendFailure =>
  new BackendFailure('version_deleted', 'The secret is scheduled for deletion.', {
    hint: 'Restore it, then write it.',
    notSent: true,
  })

const isTakenByDeletion = (): BackendFailure =>
  new BackendFailure('path_taken', 'A secret of this name is scheduled for deletion.', {
    hint: 'AWS gives the name away when it is gone for good, or take another.',
  })

const notOurs = (): BackendFailure =>
  new BackendFailure('not_ours', 'Somebody else made the secret that is there.', {
    hint: `Ours have the tag ${ownerTag}, with the id of the secret that they belong to.`,
  })
