import type { OperationId, Route } from '../../contract/routes.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { Refused } from '../errors.ts'
import { TokenNoLongerValid, type Authenticator } from '../principals/authenticator.ts'
import { isTooWide, mayCall, type Principal } from '../principals/principal.ts'
import type { RateLimit } from './rate-limit.ts'

/** What is asked, and by which request. */
export interface Attempt {
  readonly operation: OperationId
  readonly route: Route
  readonly requestId: string
  /** Told who it is, as soon as that is known; the log names him even if he is refused. */
  readonly onKnown: (principal: Principal) => void
}

/** Decides who comes in. What is refused to somebody known is recorded; a guess at a token is not. */
export class Admission {
  readonly #authenticator: Authenticator
  readonly #audit: AuditLog
  readonly #rateLimit: RateLimit

  constructor(options: {
    readonly authenticator: Authenticator
    readonly audit: AuditLog
    readonly rateLimit: RateLimit
  }) {
    this.#authenticator = options.authenticator
    this.#audit = options.audit
    this.#rateLimit = options.rateLimit
  }

  /** The holder of the token in the `Authorization` header. Rejects when there is none, or he may not do this. */
  async admit(header: string | undefined, attempt: Attempt): Promise<Principal> {
    const { route } = attempt
    let principal: Principal
    try {
      principal = await this.#authenticator.authenticate(header)
    } catch (error) {
      if (error instanceof TokenNoLongerValid) {
        attempt.onKnown(error.principal)
        this.#rateLimit.take(error.principal) // before the row: a dead token must not fill the log
        await this.recordDenied(error.principal, attempt, 'token_no_longer_valid')
      }
      throw error
    }
    attempt.onKnown(principal)
    // A fleet of workloads starts at once, so what they start with is not counted.
    if (!(route.roles.includes('orchestrator') && mayCall(principal, route))) {
      this.#rateLimit.take(principal)
    }
    if (!mayCall(principal, route)) {
      await this.recordDenied(principal, attempt, 'role')
      throw new Refused(
        'forbidden',
        `A token of the role ${principal.role} may not do this: it takes ${route.roles.join(' or ')}.`,
      )
    }
    if (isTooWide(principal, route)) {
      await this.recordDenied(principal, attempt, 'scope')
      throw new Refused(
        'forbidden',
        'This token is limited to a scope, and this concerns the whole organization. Use a token without a scope.',
      )
    }
    return principal
  }

  async recordDenied(
    principal: Principal,
    { operation, requestId }: Attempt,
    reason: string,
  ): Promise<void> {
    await this.#audit.record({
      organizationId: principal.organizationId,
      principal,
      operation,
      outcome: 'denied',
      requestId,
      detail: { reason },
    })
  }
}
