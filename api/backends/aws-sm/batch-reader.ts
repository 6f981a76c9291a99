import type {
  APIErrorType,
  SecretsManager,
  SecretValueEntry,
} from '@aws-sdk/client-secrets-manager'
import { failures } from '../../../contract/problems.ts'
import { BackendFailure, type CallOptions, type Read, type ReadOutcome } from '../backend.ts'
import type { Clock } from '../outbound/clock.ts'
import { TokenBucket } from '../outbound/token-bucket.ts'
import { AwsRefusal, refusal } from './aws-refusal.ts'
import type { AwsService } from './aws-service.ts'
import { readSecret, storedSecret } from './read-secret.ts'
import { checkSecretId, isNamedBy } from './secret-id.ts'

/** AWS takes no more in one call; others that speak its protocol may, and then nobody would notice. */
export const batchSize = 20

/** How long reads go singly where batches are forbidden: a policy may be changed meanwhile. */
const forbiddenMs = 10 * 60_000

/**
 * Reads secrets, the current versions of several in one call. What a batch does not answer, for whatever
 * reason that is not the store's being out of reach, is read singly: it may well work so.
 */
export class BatchReader {
  readonly #secrets: AwsService<SecretsManager>
  readonly #region: string
  readonly #clock: Clock
  readonly #bucket: TokenBucket
  #forbiddenUntil = -Infinity

  constructor(
    secrets: AwsService<SecretsManager>,
    { region, clock }: { region: string; clock: Clock },
  ) {
    this.#secrets = secrets
    this.#region = region
    this.#clock = clock
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
    this.#bucket = new TokenBucket(clock, { requests: 100, perMs: 1000 })
  }

  async read(reads: readonly Read[], options: CallOptions): Promise<readonly ReadOutcome[]> {
    if (reads.length > batchSize) throw new RangeError(`A batch has at most ${batchSize} reads`)
    const batched = this.#readCurrent(reads, options)
    return await Promise.all(
      reads.map(async ({ path, version }): Promise<ReadOutcome> => {
        try {
          checkSecretId(path, this.#region)
          const answered = version === undefined ? (await batched).get(path) : undefined
          if (answered !== undefined) return answered
          return await readSecret(this.#secrets, path, version, options)
        } catch (error) {
          if (error instanceof BackendFailure) return error
          throw error
        }
      }),
    )
  }

  /** What one call tells of the current versions, by path. */
  async #readCurrent(
    reads: readonly Read[],
    options: CallOptions,
  ): Promise<ReadonlyMap<string, ReadOutcome>> {
    const ids = new Set(
      reads.filter(({ version }) => version === undefined).map(({ path }) => path),
    )
    for (const id of ids) if (!this.#isValid(id)) ids.delete(id)
    if (ids.size < 2 || this.#clock.now() < this.#forbiddenUntil) return new Map()
    try {
      return await this.#ask([...ids], options)
    } catch (error) {
      if (!(error instanceof BackendFailure)) throw error
      if (!mayWorkSingly(error)) return new Map([...ids].map((id) => [id, error]))
      if (isForbidden(error)) this.#forbiddenUntil = this.#clock.now() + forbiddenMs
      return new Map()
    }
  }

  #isValid(id: string): boolean {
    try {
      checkSecretId(id, this.#region)
      return true
    } catch {
      return false
    }
  }

  async #ask(
    SecretIdList: string[],
    options: CallOptions,
  ): Promise<ReadonlyMap<string, ReadOutcome>> {
    const outcomes = new Map<string, ReadOutcome>()
    let NextToken: string | undefined
    // As many pages as there are secrets, at most: a token without end would keep us here.
    for (let pages = 0; pages < SecretIdList.length; pages += 1) {
      const request = { SecretIdList, NextToken }
      await this.#bucket.take(options.signal).catch(gaveUp)
      const page = await this.#secrets.call(
        (client, http) => client.batchGetSecretValue(request, http),
        options,
      )
      for (const id of SecretIdList) {
        const outcome = outcomeOf(id, page.SecretValues ?? [], page.Errors ?? [])
        if (outcome !== undefined) outcomes.set(id, outcome)
      }
      NextToken = page.NextToken
      if (!NextToken) break
    }
    return outcomes
  }
}

/** What a page says of one secret; `undefined` when that is nothing, or nothing final. */
function outcomeOf(
  id: string,
  values: readonly SecretValueEntry[],
  errors: readonly APIErrorType[],
): ReadOutcome | undefined {
  const value = values.find((each) => isNamedBy(id, each))
  if (value) return storedSecret(value)
  const error = errors.find(({ SecretId }) => SecretId === id)
  if (!error) return undefined
  if (error.ErrorCode === 'ResourceNotFoundException') return null
  const known = refusal(
    { name: error.ErrorCode ?? '', text: error.Message },
    'secretsmanager:GetSecretValue',
  )
  return known && !failures[known.code].passing ? known : undefined
}

/** Reads that go singly would fail the same way when AWS is out of reach, or knows these credentials not. */
const mayWorkSingly = (failure: BackendFailure): boolean =>
  failure.code === 'too_large' ||
  (failure instanceof AwsRefusal &&
    !failures[failure.code].passing &&
    failure.about !== 'credentials' &&
    failure.about !== 'expiry')

const isForbidden = (failure: BackendFailure): boolean =>
  failure instanceof AwsRefusal &&
  (failure.about === 'permission' || failure.code === 'unreadable_answer')

function gaveUp(): never {
  throw new BackendFailure('timeout', 'AWS was not asked within the time this request had.', {
    notSent: true,
  })
}
