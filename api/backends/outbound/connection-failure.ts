import { BackendFailure, type FailureDetails } from '../backend.ts'

/**
 * Says in plain words why a connection failed. The error is made anew and keeps the code alone:
 * what Node throws may hold the first bytes of an answer, and what libraries throw holds the request.
 */
export function connectionFailure(error: unknown, url: URL): BackendFailure {
  const code = errorCode(error)
  const cause = {
    ...(code === undefined ? {} : { cause: { code } }),
    notSent: neverConnected(error) || (code !== undefined && code in tlsTroubles),
  }
  const where = url.host

  const tls = tlsTroubles[code ?? '']
  if (tls)
    return unreachable(`The certificate of ${where} is not trusted: ${tls.why}.`, {
      hint: tls.hint,
      ...cause,
    })
  if (code?.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return unreachable(`${where} does not speak TLS as we do.`, {
      hint: 'Is the address an http:// one, or the server very old?',
      ...cause,
    })
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new BackendFailure('too_large', `${where} answered with too many headers.`, cause)
  }
  if (code?.startsWith('HPE_')) {
    return new BackendFailure('unreadable_answer', `${where} does not speak HTTP.`, {
      hint: 'Is the address an https:// one?',
      ...cause,
    })
  }
  return unreachable(`${where} ${plainTroubles[code ?? ''] ?? 'cannot be reached'}.`, {
    hint: 'Check the address and the network policy.',
    ...cause,
  })
}

/** Whether it came before the first byte of a request could leave. */
const neverConnected = (error: unknown): boolean =>
  error instanceof AggregateError ||
  (error as NodeJS.ErrnoException).syscall === 'connect' ||
  neverConnects.has(errorCode(error) ?? '')

const neverConnects: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

const unreachable = (message: string, details: FailureDetails): BackendFailure =>
  new BackendFailure('unreachable', message, details)

function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  // One error for each address that was tried; the first tells enough.
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0])
  const code = (error as NodeJS.ErrnoException).code
  return typeof code === 'string' ? code : undefined
}

const plainTroubles: Readonly<Record<string, string | undefined>> = {
  ENOTFOUND: 'is a name that no address was found for',
  EAI_AGAIN: 'could not be looked up: the name server did not answer',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
  ETIMEDOUT: 'did not answer',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
}

const withAuthority = 'Give the authority that signed it as caCertificate.'

const tlsTroubles: Readonly<Record<string, { why: string; hint: string } | undefined>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: { why: 'it is self-signed', hint: 'Give it as caCertificate.' },
  SELF_SIGNED_CERT_IN_CHAIN: { why: 'its authority is unknown', hint: withAuthority },
  UNABLE_TO_GET_ISSUER_CERT: { why: 'its authority is unknown', hint: withAuthority },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { why: 'its authority is unknown', hint: withAuthority },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { why: 'its authority is unknown', hint: withAuthority },
  CERT_HAS_EXPIRED: { why: 'it has expired', hint: 'Renew it on the server.' },
  CERT_NOT_YET_VALID: { why: 'it is not valid yet', hint: 'Check the clocks of both machines.' },
  CERT_SIGNATURE_FAILURE: { why: 'its signature is wrong', hint: withAuthority },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    why: 'it was made for another name',
    hint: 'Use the name in the certificate as the address, or renew it with this name.',
  },
}
