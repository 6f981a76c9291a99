import { isAway, type ApiUnreachable } from '../../../contract/client.ts'
import { OutcomeUnknown, TerraformError } from '../../plugin/index.ts'
import { BadProxy, ProxyFailure } from './proxy-for.ts'
import { isUnconnected, NotInTime, Redirected } from './transport.ts'

/** Says why the API did not answer, and what to do about it. */
export function explainUnreachable(error: ApiUnreachable): TerraformError {
  const { status, origin, cause } = error
  const reason = status === undefined ? silence(cause, origin) : otherAnswer(status, origin)
  const { summary = cannotBeReached, detail, isUnsent = false } = reason
  const isUndone = isUnsent && !error.wasSentBefore
  return isUndone
    ? new TerraformError({ summary, detail })
    : new OutcomeUnknown({ summary, detail })
}

interface Reason {
  readonly summary?: string
  readonly detail: string
  /** Nothing can have reached the API, so that nothing was done. */
  readonly isUnsent?: true
}

const cannotBeReached = 'The agyn-secrets API cannot be reached.'

function otherAnswer(status: number, origin: string): Reason {
  if (isAway.has(status)) {
    return {
      detail: `What stands before it at ${origin} answered ${status}, and went on to: the API is away, or is being started. Run this again when it is there; if it stays so, check \`api_url\` and the gateway.`,
    }
  }
  return {
    summary: 'What answered is not the agyn-secrets API.',
    detail: `${origin} answered with status ${status} and nothing that this API says: a gateway, a login page, or another program. Check \`api_url\`.`,
  }
}

function silence(cause: unknown, origin: string): Reason {
  if (cause instanceof BadProxy) {
    return {
      detail: `${cause.variable} does not name a proxy. Give its address, such as http://proxy.example.com:3128, or unset it; socks is not supported.`,
      isUnsent: true,
    }
  }
  if (cause instanceof ProxyFailure) return proxysFault(cause, origin)
  if (cause instanceof Redirected) {
    return {
      detail: `${origin} answers that ${cause.message}. The token is not sent along: set \`api_url\` to the address of the API itself.`,
    }
  }
  if (cause instanceof NotInTime) {
    return {
      detail: `${origin} did not answer ${cause.message.replace('not ', '')}. See whether the API is overloaded, or a firewall drops what is sent; check \`api_url\`.`,
    }
  }
  return bySystemsCode(codeOf(cause), origin)
}

function proxysFault({ proxy, status, cause }: ProxyFailure, origin: string): Reason {
  const orPast = `, or name the host of the API in NO_PROXY if it is to be reached directly.`
  if (status === 407) {
    return {
      detail: `The proxy ${proxy} wants a user and a password: give them in HTTPS_PROXY, as in http://user:password@host:port, percent-encoded${orPast}`,
      isUnsent: true,
    }
  }
  if (status !== undefined) {
    return {
      detail: `The proxy ${proxy} refused to connect to ${origin} (${status}). Let it allow that host and port${orPast}`,
      isUnsent: true,
    }
  }
  return {
    detail: `The proxy ${proxy} cannot be reached itself (${codeOf(cause) || 'it closed the connection'}). Check HTTPS_PROXY${orPast}`,
    isUnsent: true,
  }
}

function bySystemsCode(code: string, origin: string): Reason {
  const unsent = { isUnsent: true } as const
  if (untrusted.has(code)) {
    return {
      detail: `Its certificate is not trusted (${code}): name the file of its authority, in PEM, in NODE_EXTRA_CA_CERTS or SSL_CERT_FILE.`,
      ...unsent,
    }
  }
  const told = words[code]
  if (told) return { detail: `${told(origin)} (${code})`, ...unsent }
  if (/^(ERR_SSL_|EPROTO)/.test(code)) {
    return {
      detail: `${origin} does not speak TLS (${code}). Write \`http://\` in \`api_url\` if that is meant, or give the port that does.`,
      ...unsent,
    }
  }
  if (code.startsWith('HPE_')) {
    return {
      detail: `${origin} does not speak HTTP (${code}). Write \`https://\` in \`api_url\` if that is meant, or give another port.`,
    }
  }
  return {
    detail: `${origin} closed the connection before it answered (${code || 'no reason given'}). See whether the API runs, and whether \`api_url\` says http or https rightly; then run this again.`,
    ...(isUnconnected({ code }) ? unsent : {}),
  }
}

const words: Readonly<Record<string, (origin: string) => string>> = {
  ECONNREFUSED: (origin) =>
    `Nothing listens at ${origin}. Check \`api_url\`, and that the API runs.`,
  ENOTFOUND: (origin) =>
    `There is no host of that name: ${origin}. Check \`api_url\`, and the DNS.`,
  EAI_AGAIN: (origin) =>
    `The DNS does not answer when asked for ${origin}. Check the network, then run this again.`,
  EHOSTUNREACH: (origin) =>
    `No way leads to ${origin}. Check the network, a VPN, and whether a proxy is to be used (HTTPS_PROXY).`,
  ENETUNREACH: (origin) =>
    `No way leads to ${origin}. Check the network, a VPN, and whether a proxy is to be used (HTTPS_PROXY).`,
  CERT_HAS_EXPIRED: (origin) => `The certificate of ${origin} has expired. Renew it.`,
  CERT_NOT_YET_VALID: (origin) =>
    `The certificate of ${origin} is not valid yet. Check the clock of this machine.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (origin) =>
    `The certificate of ${origin} is for another host. Write the host in \`api_url\` as the certificate has it.`,
}

/** The connection was given up before anything was sent over it. */
const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** A code such as ECONNRESET; of several tries at several addresses, that of the first. */
function codeOf(cause: unknown): string {
  const { code } = (cause ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' ? code : ''
}
