import type { SecretsManager } from '@aws-sdk/client-secrets-manager'
import type { SecretValue } from '../../keyring/secret-value.ts'
import type {
  CallOptions,
  CheckReport,
  Listing,
  ListOptions,
  OwnOptions,
  ReadOptions,
  RemoveOptions,
  SecretBackend,
  StoredSecret,
  WriteOptions,
  Written,
} from '../backend.ts'
import type { BackendWorld } from '../backend-world.ts'
import { AssumedRole } from './assumed-role.ts'
import type { AwsSmConfig } from './aws-config.ts'
import type { AwsService } from './aws-service.ts'
import { type AwsServiceSettings, openSecretsManager, openSts } from './aws-services.ts'
import { batchSize, BatchReader } from './batch-reader.ts'
import { checkIdentity } from './check-identity.ts'
import { deploymentIdentity } from './deployment-identity.ts'
import { givenKeys } from './given-keys.ts'
import { listSecrets } from './list-secrets.ts'
import { OwnSecrets } from './own-secrets.ts'
import { readSecret } from './read-secret.ts'
import { checkSecretId } from './secret-id.ts'

/** Opens AWS Secrets Manager. Contacts nothing before the first call. */
export async function openBackend(
  config: AwsSmConfig,
  { outbound }: Pick<BackendWorld, 'outbound'>,
): Promise<SecretBackend> {
  const given = config.accessKeyId ? givenKeys(config) : await deploymentIdentity(config.region)
  const own: AwsServiceSettings = { config, outbound, identity: given }
  if (config.roleArn === undefined) return new AwsSecretsManager(own, await openSecretsManager(own))

  const sts = await openSts(own)
  const role = { roleArn: config.roleArn, externalId: config.externalId }
  const assumed = { ...own, identity: new AssumedRole(sts, role, outbound.clock) }
  return new AwsSecretsManager(assumed, await openSecretsManager(assumed), sts)
}

/** The secrets of one region. A path is a name, or an ARN with or without the characters that AWS adds. */
class AwsSecretsManager implements SecretBackend {
  readonly batch: NonNullable<SecretBackend['batch']>
  readonly #settings: AwsServiceSettings
  readonly #secrets: AwsService<SecretsManager>
  readonly #own: OwnSecrets
  readonly #closing: readonly { close(): void }[]

  constructor(
    settings: AwsServiceSettings,
    secrets: AwsService<SecretsManager>,
    ...others: readonly { close(): void }[]
  ) {
    this.#settings = settings
    this.#secrets = secrets
    this.#own = new OwnSecrets(secrets)
    this.#closing = [secrets, ...others]
    const { region } = settings.config
    const reader = new BatchReader(secrets, { region, clock: settings.outbound.clock })
    this.batch = { size: batchSize, read: (reads, options) => reader.read(reads, options) }
  }

  async read(path: string, { version, signal }: ReadOptions): Promise<StoredSecret | null> {
    this.#check(path)
    return await readSecret(this.#secrets, path, version, { signal })
  }

  async write(path: string, value: SecretValue, options: WriteOptions): Promise<Written> {
    this.#check(path)
    return await this.#own.write(path, value, options)
  }

  async remove(path: string, options: RemoveOptions): Promise<void> {
    this.#check(path)
    await this.#own.remove(path, options)
  }

  async restore(path: string, options: OwnOptions): Promise<void> {
    this.#check(path)
    await this.#own.restore(path, options)
  }

  list(options: ListOptions): Promise<Listing> {
    return listSecrets(this.#secrets, options)
  }

  check(options: CallOptions): Promise<CheckReport> {
    return checkIdentity(this.#secrets, this.#settings, options)
  }

  close(): Promise<void> {
    for (const each of this.#closing) each.close()
    return Promise.resolve()
  }

  #check(path: string): void {
    checkSecretId(path, this.#settings.config.region)
  }
}
