import type { ProblemCode } from '../../contract/problems.ts'
import type { BackendFailure } from '../backends/backend.ts'
import { toFailure, ResolutionFailed, type Failure } from '../resolver/resolution-failed.ts'
import type { Keeper } from './keeper.ts'
import { pathTaken } from './managed-path.ts'

/** A store did not take a value. The secret is as it was before. */
export class WriteFailed extends ResolutionFailed {
  override readonly name = 'WriteFailed'

  override get code(): ProblemCode {
    return this.passing ? 'provider_unavailable' : 'write_failed'
  }

  protected override sentence(): string {
    return 'The store did not take the value, and nothing was changed.'
  }
}

/** The same of the deployment's own store, whatever the reason: no caller can mend it, the operator has to. */
class StoreUnavailable extends WriteFailed {
  override get code() {
    return 'provider_unavailable' as const
  }

  override get retryAfterSeconds(): number {
    return super.retryAfterSeconds ?? 60
  }
}

/** Nobody knows yet whether a store took a value. It is found out soon, and finished or undone. */
export class WriteUncertain extends ResolutionFailed {
  override readonly name = 'WriteUncertain'

  override get code() {
    return 'provider_unavailable' as const
  }

  override get retryAfterSeconds(): number {
    return 30
  }

  protected override sentence(): string {
    return 'The store was sent the value, and did not say whether it took it. That is found out within a minute, and finished or undone; read the secret then, before sending it again.'
  }
}

/** A failed write as its caller is told of it. */
export function refusalOf(failure: BackendFailure, about: About): Error {
  if (failure.code === 'path_taken') return pathTaken()
  const Refusal = about.keeper.provider ? WriteFailed : StoreUnavailable
  return new Refusal([describe(failure, about)])
}

export const uncertain = (failure: BackendFailure, about: About): Error =>
  new WriteUncertain([describe(failure, about)])

interface About {
  readonly secretId: string
  readonly secretName: string
  readonly path: string
  readonly keeper: Keeper
}

const describe = (failure: BackendFailure, { keeper, ...secret }: About): Failure => ({
  ...secret,
  ...(keeper.provider
    ? { providerId: keeper.provider.id, providerName: keeper.provider.name }
    : {}),
  ...toFailure(failure),
})
