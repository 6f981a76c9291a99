import { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure, type CallOptions } from '../backend.ts'
import type { OutboundAnswer } from '../outbound/exchange.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import { retryAfterSeconds } from '../outbound/retry.ts'
import type { AccessToken } from '../access-tokens.ts'
import { memberOf, parseJson } from '../answer-json.ts'

/** An application and its secret. */
export interface ClientSecret {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: SecretValue
}

/**
 * Logs in as an application: the client credentials grant, one request. It is not left to
 * ClientSecretCredential of @azure/identity, which asks first where to send the secret and believes the
 * answer, does not stop when it is told to, and keeps tokens for longer than two thirds of their life.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export async function logInWithSecret(
  connection: OutboundConnection,
  { tenantId, clientId, clientSecret }: ClientSecret,
  { resource, signal }: CallOptions & { readonly resource: string },
): Promise<AccessToken> {
  const path = `/${tenantId}/oauth2/v2.0/token`
  const url = new URL(path, connection.address)
  if (url.pathname !== path) {
    throw new BackendFailure('misconfigured', 'The tenant id is neither an id nor a domain.', {
      notSent: true,
    })
  }
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret.reveal().toString('utf8'),
    scope: `${resource}/.default`,
  })
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  }
  const request = { method: 'POST', url, headers, body: form.toString() }
  return readToken(await connection.send(request, { signal }), clientId)
}

function readToken(answer: OutboundAnswer, clientId: string): AccessToken {
  const { status } = answer
  const waiting = { retryAfterSeconds: retryAfterSeconds(answer), cause: { status } }
  if (status === 429) {
    throw new BackendFailure('throttled', 'Azure is asked to log in too often.', waiting)
  }
  if (status >= 500) {
    throw new BackendFailure('unreachable', `Azure cannot log in anybody now (${status}).`, waiting)
  }
  const json = parseJson(answer.body)
  if (typeof memberOf(json, 'error') === 'string') throw refusedLogin(json, clientId)
  const token = memberOf(json, 'access_token')
  const seconds = Number(memberOf(json, 'expires_in'))
  if (status === 200 && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) && seconds > 0) {
    return { value: SecretValue.fromText(token), lifeMs: seconds * 1000 }
  }
  throw new BackendFailure(
    'unreadable_answer',
    `The answer to the login (${status}) holds no token.`,
    { hint: "Check that authorityHost is one of Azure's, or leave it out." },
  )
}

function refusedLogin(json: unknown, clientId: string): BackendFailure {
  const codes = memberOf(json, 'error_codes')
  const [code] = Array.isArray(codes) ? (codes as unknown[]) : []
  const { why, hint } = refusals.get(code) ?? {
    why: 'Azure gives no reason that we know',
    hint: 'Check tenantId, clientId and clientSecret.',
  }
  const message = `Azure refused the login of the application ${clientId}: ${why}.`
  return new BackendFailure('forbidden', message, {
    hint,
    ...(typeof code === 'number' && { cause: { code: `AADSTS${code}` } }),
  })
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const refusals: ReadonlyMap<unknown, { readonly why: string; readonly hint: string }> = new Map([
  [
    7000215,
    {
      why: 'its secret is wrong',
      hint: "Give the secret's value, which Azure shows once, and not its id.",
    },
  ],
  [
    7000222,
    { why: 'its secret has expired', hint: 'Make a new client secret for it, and give it here.' },
  ],
  [
    700016,
    {
      why: 'there is no such application in the tenant',
      hint: 'Check clientId and tenantId, and that they belong together.',
    },
  ],
  [90002, { why: 'there is no such tenant', hint: 'Check tenantId, and authorityHost.' }],
  [
    7000112,
    {
      why: 'the application is disabled',
      hint: 'Somebody who administers the tenant can enable it.',
    },
  ],
  [
    500011,
    {
      why: 'the tenant knows no key vaults',
      hint: "Check that the tenant is the vault's, and in the same cloud.",
    },
  ],
  [
    53003,
    { why: 'conditional access does not let it in', hint: "Allow this server's network for it." },
  ],
])
