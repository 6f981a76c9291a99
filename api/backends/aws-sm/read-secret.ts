import type { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type CallOptions, type StoredSecret } from '../backend.ts'
import { AwsRefusal, notAwsAnswer } from './aws-refusal.ts'
import type { AwsService } from './aws-service.ts'

/** Reads one secret: the version named by its id or by a stage of it, `AWSCURRENT` when none is. */
export async function readSecret(
  secrets: AwsService<SecretsManager>,
  SecretId: string,
  version: string | undefined,
  options: CallOptions,
): Promise<StoredSecret | null> {
  const request = { SecretId, ...(version !== undefined && named(version)) }
  try {
    const answer = await secrets.call(
      (client, http) => client.getSecretValue(request, http),
      options,
    )
    return storedSecret(answer)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  if (version === undefined) return null
  // The same error says that the version is not there and that nothing is: the current one knows.
  if (!(await readSecret(secrets, SecretId, undefined, options))) return null
  throw noSuchVersion()
}

export const isMissing = (error: unknown): boolean =>
  error instanceof AwsRefusal && error.errorName === 'ResourceNotFoundException'

/** What AWS answers of a secret; its text or its bytes, exactly. */
export function storedSecret({ VersionId, SecretString, SecretBinary }: Answered): StoredSecret {
  const value =
    typeof SecretString === 'string'
      ? SecretValue.fromText(SecretString)
      : SecretBinary instanceof Uint8Array && SecretValue.fromBytes(SecretBinary)
  if (value && typeof VersionId === 'string') return { version: VersionId, value, shape: 'bytes' }
  throw notAwsAnswer()
}

interface Answered {
  readonly VersionId?: string | undefined
  readonly SecretString?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
}

/** The id of a version has 32 to 64 characters: a UUID, unless who wrote it chose one. No stage is that long. */
function named(version: string): { VersionId: string } | { VersionStage: string } {
  if (/^[\w-]{32,64}$/.test(version)) return { VersionId: version }
  if (version === '' || version.length > 256) throw noSuchVersion()
  return { VersionStage: version }
}

const noSuchVersion = (): BackendFailure =>
  new BackendFailure('version_missing', 'The secret has no version of this id or stage.', {
    hint: 'Give the id of a version, or a stage such as AWSCURRENT or AWSPREVIOUS. AWS keeps versions without a stage for a while only.',
  })
