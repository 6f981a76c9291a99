import type { STS } from '@aws-sdk/client-sts'
import type { CallOptions } from '../backend.ts'
import type { Clock } from '../outbound/clock.ts'
import type { AwsCredentials, AwsIdentity } from './aws-identity.ts'
import { notAwsAnswer } from './aws-refusal.ts'
import type { AwsService } from './aws-service.ts'
import { unlessAborted } from '../unless-aborted.ts'

/** An hour, which every role allows, also when it is assumed by another. */
const sessionSeconds = 3600

/**
 * A role, assumed by another identity. Its session is renewed at two thirds of its life, by one call
 * however many need it, and nobody waits for that while the session before is still good.
 */
export class AssumedRole implements AwsIdentity {
  readonly #sts: AwsService<STS>
  readonly #role: Role
  readonly #clock: Clock
  #session: Session | undefined
  #renewal: Promise<AwsCredentials> | undefined

  /** @param sts - signed by the identity that assumes the role */
  constructor(sts: AwsService<STS>, role: Role, clock: Clock) {
    this.#sts = sts
    this.#role = role
    this.#clock = clock
  }

  async credentials({ signal }: CallOptions): Promise<AwsCredentials> {
    const ageMs = this.#clock.now() - (this.#session?.since ?? -Infinity)
    const lifeMs = sessionSeconds * 1000
    if (!this.#session || ageMs >= lifeMs) return await unlessAborted(() => this.#renew(), signal)
    // Should it fail, the next call tries again: there is a third of the life left for that.
    if (ageMs >= (lifeMs * 2) / 3) this.#renew().catch(() => undefined)
    return this.#session.credentials
  }

  async renewed(expired: AwsCredentials, { signal }: CallOptions): Promise<AwsCredentials> {
    // Another call may have found out first.
    if (this.#session && this.#session.credentials !== expired) return this.#session.credentials
    return await unlessAborted(() => this.#renew(), signal)
  }

  #renew(): Promise<AwsCredentials> {
    this.#renewal ??= this.#assume().finally(() => (this.#renewal = undefined))
    return this.#renewal
  }

  async #assume(): Promise<AwsCredentials> {
    const since = this.#clock.now()
    const request = {
      RoleArn: this.#role.roleArn,
      ExternalId: this.#role.externalId,
      RoleSessionName: 'agyn-secrets',
      DurationSeconds: sessionSeconds,
    }
    // Nobody's own signal: several may wait for it, and a connection gives up by itself.
    const { signal } = new AbortController()
    const answer = await this.#sts.call((client, http) => client.assumeRole(request, http), {
      signal,
    })
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {}
    if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw notAwsAnswer()
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration && { expiration: Expiration }),
    }
    this.#session = { credentials, since }
    return credentials
  }
}

interface Role {
  readonly roleArn: string
  readonly externalId: string | undefined
}

interface Session {
  readonly credentials: AwsCredentials
  /** By the clock that is given, not by AWS's, which may differ. */
  readonly since: number
}
