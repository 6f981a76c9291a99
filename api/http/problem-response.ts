import type { NextFunction, Request, Response } from 'express'
import type { Logger } from 'pino'
import { problems, problemType, type ProblemCode } from '../../contract/problems.ts'
import { isConflict, isDatabaseUnavailable } from '../database/errors.ts'
import { AppError, Refused } from '../errors.ts'
import { describeError } from './describe-error.ts'

/** Turns whatever went wrong into `application/problem+json` (RFC 9457), the last thing in the chain. */
export const problemResponse =
  (log: Logger) =>
  // Express knows an error handler by its four parameters.
  (thrown: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    const error = toAppError(thrown)
    const requestId = String(response.locals['requestId'])
    if (problems[error.code].status >= 500) {
      log.error({ requestId, code: error.code, error: describeError(thrown) }, 'request failed')
    }
    const causes = error.causes.map((cause) => describeError(cause))
    if (causes.length > 0) log.warn({ requestId, code: error.code, causes }, 'request refused')
    if (response.headersSent) response.destroy()
    else sendProblem(response, error)
  }

export function sendProblem(response: Response, error: AppError): void {
  const { status, title } = problems[error.code]
  if (error.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(Math.ceil(error.retryAfterSeconds)))
  }
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer')
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: problemType(error.code),
        title,
        status,
        code: error.code satisfies ProblemCode,
        detail: error.message,
        requestId: response.locals['requestId'] as string,
        ...error.members,
      }),
    )
}

function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  if (isDatabaseUnavailable(thrown)) {
    return new Refused(
      'database_unavailable',
      'The database does not answer. Try again; whether this request took effect is unknown until it answers.',
      { cause: thrown, retryAfterSeconds: 2 },
    )
  }
  if (isConflict(thrown)) {
    return new Refused(
      'database_unavailable',
      'Too many requests change the same thing at once. Nothing was changed; try again.',
      { cause: thrown, retryAfterSeconds: 1 },
    )
  }
  if (thrown instanceof URIError) {
    return new Refused('malformed', 'The path holds a `%` that begins no valid escape.')
  }
  return new Refused(
    'internal',
    'This is our fault. The log has more under the request id; please report it.',
    { cause: thrown },
  )
}
