import type { AuditEvent, AuditLog, Deliveries } from '../../audit/audit-log.ts'
import { AppError, Refused } from '../../errors.ts'
import { ResolutionFailed } from '../../resolver/resolution-failed.ts'
import type { Context } from '../operation.ts'

type About = Pick<AuditEvent, 'organizationId' | 'resource' | 'detail'>

/**
 * Resolves, and commits the audit row before the answer leaves: a value that could not be recorded
 * is not given out. A failure is recorded with its codes; but what the caller may not do is denied, and
 * recorded as such by the router.
 */
export async function audited<Answer>(
  audit: AuditLog,
  { operation, principal, requestId }: Context,
  about: About,
  resolve: () => Promise<{
    readonly answer: Answer
    readonly detail: Readonly<Record<string, unknown>>
    readonly deliveries?: Deliveries | undefined
  }>,
): Promise<Answer> {
  const event = { ...about, operation, principal, requestId }
  let resolved: Awaited<ReturnType<typeof resolve>>
  try {
    resolved = await resolve()
  } catch (error) {
    if (error instanceof Refused && error.code === 'forbidden') throw error
    const failures = failuresOf(error)
    await audit.record({ ...event, outcome: 'failed', detail: { ...about.detail, failures } })
    throw error
  }
  const { answer, detail, deliveries } = resolved
  await audit.record({
    ...event,
    outcome: 'allowed',
    detail: { ...about.detail, ...detail },
    deliveries,
  })
  return answer
}

function failuresOf(error: unknown): readonly object[] {
  if (error instanceof ResolutionFailed) {
    return error.failures.map(({ env, secretId, code }) => ({ env, secretId, code }))
  }
  return [{ code: error instanceof AppError ? error.code : 'internal' }]
}
