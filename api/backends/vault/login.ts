import { BackendFailure, type CallOptions } from '../backend.ts'
import type { TokenFiles } from '../token-files.ts'
import { type Members, objectMember, textMember, understand } from './vault-answer.ts'
import { parseVaultPath } from './vault-path.ts'
import type { VaultTransport } from './vault-transport.ts'

/** What one auth method of Vault sends to log in. */
export interface Login {
  readonly method: string
  /** Where in Vault it is mounted, after `auth/`. */
  readonly mountPoint: string
  /** Made anew for each login. */
  body(options: CallOptions): Promise<object>
  /** What to look at when Vault refuses. */
  readonly hint: string
}

/** A token, and what Vault said of it. */
export interface Granted {
  readonly token: string
  readonly lifeMs: number
  readonly renewable: boolean
}

/** Logs in once. A failure says which method it was, and where. */
export async function logIn(
  transport: VaultTransport,
  login: Login,
  options: CallOptions,
): Promise<Granted> {
  const mountPoint = parseVaultPath(login.mountPoint.replace(/\/$/, ''))
  const segments = ['auth', ...mountPoint, 'login']
  try {
    const json = await login.body(options)
    const answer = await transport.request({ method: 'POST', segments, json }, options)
    const { status, members } = understand(answer, { refusals: [400, 401, 403, 404] })
    if (status !== 200) {
      throw new BackendFailure('forbidden', `Vault refused (${status}).`, { hint: login.hint })
    }
    return readGrant(members)
  } catch (error) {
    if (!(error instanceof BackendFailure)) throw error
    throw new BackendFailure(
      error.code,
      `The ${login.method} login at auth/${mountPoint.join('/')} failed. ${error.message}`,
      {
        hint: error.hint,
        retryAfterSeconds: error.retryAfterSeconds,
        cause: error.cause,
        // Whatever became of the login: what it was for has not left.
        notSent: true,
      },
    )
  }
}

/** The token in the answer to a login or a renewal. */
export function readGrant(members: Members): Granted {
  const auth = objectMember(members, 'auth')
  const token = textMember(auth, 'client_token')
  const seconds = Number(auth?.get('lease_duration'))
  if (!token || !/^[\x21-\x7e]+$/.test(token) || !(seconds >= 0)) {
    throw new BackendFailure('unreadable_answer', 'Vault answered, but without a token.', {
      hint: 'A role that asks for a second factor cannot be used by a machine.',
    })
  }
  return {
    token,
    // Zero means that it does not expire.
    lifeMs: seconds === 0 ? Infinity : seconds * 1000,
    renewable: auth?.get('renewable') === 'true',
  }
}

/** What Kubernetes and JWT logins have in common: the file is read anew, because it is replaced now and then. */
export const roleAndFile = async (
  { role, tokenPath }: { readonly role: string; readonly tokenPath: string },
  files: TokenFiles,
): Promise<object> => ({ role, jwt: await files.read(tokenPath) })
