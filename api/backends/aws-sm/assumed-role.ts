import type { STS } from '@aws-sdk/client-sts'
import { AccessTokens } from '../access-tokens.ts'
import type { CallOptions } from '../backend.ts'
import type { Clock } from '../outbound/clock.ts'
import type { AwsCredentials, AwsIdentity } from './aws-identity.ts'
import { notAwsAnswer } from './aws-refusal.ts'
import type { AwsService } from './aws-service.ts'

/** An hour, which every role allows, also when it is assumed by another. */
const sessionSeconds = 3600

/**
 * A role, assumed by another identity. Its sessions are had as access tokens are: once for all calls,
 * renewed in time, and not asked for again and again where AWS refuses.
 */
export class AssumedRole implements AwsIdentity {
  readonly #sts: AwsService<STS>
  readonly #role: Role
  readonly #sessions: AccessTokens<AwsCredentials>

  /** @param sts - signed by the identity that assumes the role */
  constructor(sts: AwsService<STS>, role: Role, clock: Clock) {
    this.#sts = sts
    this.#role = role
    // Its life by the clock that is given, not by AWS's, which may differ.
    this.#sessions = new AccessTokens(clock, async (options) => ({
      value: await this.#assume(options),
      lifeMs: sessionSeconds * 1000,
    }))
  }

  credentials(options: CallOptions): Promise<AwsCredentials> {
    return this.#sessions.get(options)
  }

  renewed(expired: AwsCredentials, options: CallOptions): Promise<AwsCredentials> {
    this.#sessions.drop(expired)
    return this.#sessions.get(options)
  }

  async #assume(options: CallOptions): Promise<AwsCredentials> {
    const request = {
      RoleArn: this.#role.roleArn,
      ExternalId: this.#role.externalId,
      RoleSessionName: 'agyn-secrets',
      DurationSeconds: sessionSeconds,
    }
    const answer = await this.#sts.call((client, http) => client.assumeRole(request, http), options)
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {}
    if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw notAwsAnswer()
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration && { expiration: Expiration }),
    }
  }
}

interface Role {
  readonly roleArn: string
  readonly externalId: string | undefined
}
