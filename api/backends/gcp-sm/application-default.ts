import type { GoogleAuth } from 'google-auth-library'
import { SecretValue } from '../../keyring/secret-value.ts'
import type { AccessToken } from '../access-tokens.ts'
import { BackendFailure } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import { type Login, scope } from './login.ts'

/**
 * Logs in as the deployment itself: with the file that GOOGLE_APPLICATION_CREDENTIALS names, or as the
 * metadata server says. Google's library asks both in its own way, which is the operator's business
 * and not subject to the rules for what users give; nothing but the token leaves with a request.
 */
export async function applicationDefault(projectId: string): Promise<Login> {
  const library = await loadPackage('google-auth-library', () => import('google-auth-library'))
  // A new one each time, which remembers no token and notices a file that was replaced. It is told a
  // project, because it would ask other services of Google for one.
  const authenticator = () => new library.GoogleAuth({ scopes: scope, projectId })
  return {
    logIn: () => obtain(authenticator()),
    // It may ask the metadata server, which need not tell.
    identity: () =>
      authenticator()
        .getCredentials()
        .then(({ client_email: email }) => email)
        .catch(() => undefined),
    close: () => undefined,
  }
}

async function obtain(auth: GoogleAuth): Promise<AccessToken> {
  const client = await auth.getClient().catch((error: unknown) => {
    throw noIdentity(error)
  })
  const { token } = await client.getAccessToken().catch((error: unknown) => {
    throw noToken(error)
  })
  if (!token) throw noToken(undefined)
  const expiresAt = client.credentials.expiry_date ?? Date.now() + 3_600_000
  return { value: SecretValue.fromText(token), lifeMs: Math.max(0, expiresAt - Date.now()) }
}

const noIdentity = (error: unknown): BackendFailure =>
  new BackendFailure('misconfigured', 'The server has no Google identity of its own.', {
    hint: 'Run it on Google Cloud, name a key file in GOOGLE_APPLICATION_CREDENTIALS, or give the provider a service account key.',
    cause: codeOf(error),
  })

function noToken(error: unknown): BackendFailure {
  const { status = 500 } = (error ?? {}) as { status?: number }
  const isRefused = status >= 400 && status < 500 && status !== 429
  return new BackendFailure(
    isRefused ? 'forbidden' : 'unreachable',
    "The server's own Google identity gave no token.",
    {
      hint: 'Check GOOGLE_APPLICATION_CREDENTIALS, or the service account of the machine.',
      cause: codeOf(error),
    },
  )
}

/** Its message and its request may hold the credentials. */
const codeOf = (error: unknown): { code: string } => ({
  code: String((error as { code?: unknown } | undefined)?.code ?? 'none'),
})
