import type { FailureCode } from '../../../contract/problems.ts'
import { memberOf, parseJson } from '../answer-json.ts'
import { BackendFailure, type FailureDetails } from '../backend.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import { retryAfterSeconds } from '../outbound/retry.ts'

/** What Google does not do. What it means depends on what was asked, so callers look at the status. */
export class GoogleRefusal extends BackendFailure {
  /** One of https://cloud.google.com/apis/design/errors#handling_errors, or `SERVICE_DISABLED`. */
  readonly status: string

  constructor(status: string, { code, message, ...details }: Meaning) {
    super(code, message, details)
    this.status = status
  }
}

/** Whether an error is Google's refusal with one of these statuses. */
export const isRefused = (error: unknown, ...statuses: readonly string[]): boolean =>
  error instanceof GoogleRefusal && statuses.includes(error.status)

/** What an answer means that is no success. Nothing of its body is repeated. */
export function refusalOf(answer: OutboundAnswer): BackendFailure {
  const waits = { retryAfterSeconds: retryAfterSeconds(answer) }
  const error = readError(answer)
  if (error) {
    const { status } = error
    return new GoogleRefusal(status, { ...meaningOf(error), ...waits, cause: { code: status } })
  }
  if (answer.status === 429) return new BackendFailure('throttled', tooMany, waits)
  if (answer.status >= 500) {
    const message = `Google Cloud is not able to answer now (${answer.status}).`
    return new BackendFailure('unreachable', message, waits)
  }
  // A 404 is Google's word that nothing is there only when it comes in Google's form.
  return new BackendFailure(
    'unreadable_answer',
    `The answer (${answer.status}) is not one of Google's.`,
    {
      hint: 'Check that the endpoint is that of Secret Manager, not of a page or proxy before it.',
    },
  )
}

interface Meaning extends FailureDetails {
  readonly code: FailureCode
  readonly message: string
}

const tooMany = 'Secret Manager is asked too often: the quota of the project is reached.'

function meaningOf({ status, message }: GoogleError): Meaning {
  if (status === 'FAILED_PRECONDITION' && /\bDESTROYED\b/.test(message)) return destroyed
  if (status === 'FAILED_PRECONDITION' && /\bDISABLED\b/.test(message)) return disabled
  return meanings[status] ?? { code: 'unreachable', message: 'Google Cloud failed to answer.' }
}

const destroyed: Meaning = {
  code: 'version_deleted',
  message: 'This version was destroyed, for good.',
  hint: 'Name another version, or add one.',
}

const disabled: Meaning = {
  code: 'secret_disabled',
  message: 'This version is disabled.',
  hint: 'Enable it in Google Cloud, or name another version.',
}

const meanings: Readonly<Record<string, Meaning | undefined>> = {
  NOT_FOUND: { code: 'path_missing', message: 'Google Cloud has no such secret.' },
  ALREADY_EXISTS: { code: 'path_taken', message: 'There is a secret of this name already.' },
  UNAUTHENTICATED: {
    code: 'forbidden',
    message: 'Google Cloud does not accept the credentials.',
    hint: 'Check that the account and its key are neither deleted nor disabled.',
  },
  PERMISSION_DENIED: {
    code: 'forbidden',
    message: 'Google Cloud refused: permission denied.',
    hint: 'To read, the account needs the role roles/secretmanager.secretAccessor; to write, roles/secretmanager.admin.',
  },
  SERVICE_DISABLED: {
    code: 'misconfigured',
    message: 'The Secret Manager API is not enabled in the project.',
    hint: 'Enable it: gcloud services enable secretmanager.googleapis.com',
  },
  INVALID_ARGUMENT: {
    code: 'misconfigured',
    message: 'Google Cloud does not take this request.',
    hint: 'Check the project id of the provider, and the region where the endpoint is that of one.',
  },
  FAILED_PRECONDITION: {
    code: 'misconfigured',
    message: 'Google Cloud cannot do this with the secret as it is now.',
    hint: 'Is the key disabled that it is encrypted with, or the billing of the project?',
  },
  RESOURCE_EXHAUSTED: { code: 'throttled', message: tooMany },
  DEADLINE_EXCEEDED: { code: 'timeout', message: 'Google Cloud took too long to answer.' },
  UNIMPLEMENTED: {
    code: 'unreadable_answer',
    message: 'The endpoint does not know this call of Secret Manager.',
  },
}

interface GoogleError {
  readonly status: string
  readonly message: string
}

/** https://cloud.google.com/apis/design/errors#http_mapping */
function readError({ body, status }: OutboundAnswer): GoogleError | undefined {
  const error = memberOf(parseJson(body), 'error')
  const given = memberOf(error, 'status')
  if (given === undefined && memberOf(error, 'code') === undefined) return undefined
  const details = memberOf(error, 'details')
  const reasons = Array.isArray(details) ? details.map((each) => memberOf(each, 'reason')) : []
  return {
    // Of the reasons that Google adds to a status, the one that is mended in another way.
    status: reasons.includes('SERVICE_DISABLED') ? 'SERVICE_DISABLED' : statusOf(given, status),
    message: String(memberOf(error, 'message')),
  }
}

/** Its name where it has one of Google's form; otherwise the usual one of the HTTP status. */
function statusOf(given: unknown, httpStatus: number): string {
  if (typeof given === 'string' && /^[A-Z_]{1,30}$/.test(given)) return given
  return usual[httpStatus] ?? (httpStatus >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT')
}

const usual: Readonly<Record<number, string | undefined>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}
