import type { CallOptions } from '../backend.ts'
import type { TokenFiles } from '../token-files.ts'
import type { KeyFile } from './key-file.ts'
import { type Login, scope } from './login.ts'
import { subjectSource } from './subject-token.ts'
import { TokenEndpoint, type TokenWorld } from './token-endpoint.ts'

/**
 * Logs in by workload identity federation: a token of somebody else's is exchanged for one of
 * Google's (RFC 8693), and that one, where the file says so, for one of a service account.
 * https://google.aip.dev/auth/4117
 */
export function externalAccount(
  file: KeyFile,
  world: TokenWorld & { readonly tokenFiles: TokenFiles },
): Login {
  const audience = file.text('audience')
  const type = file.text('subject_token_type')
  const subject = subjectSource(file.object('credential_source'), type, world)
  const exchange = new TokenEndpoint(file.text('token_url'), world)
  const impersonation = file.optionalText('service_account_impersonation_url')
  const account = impersonation === undefined ? undefined : new TokenEndpoint(impersonation, world)

  const federated = async (options: CallOptions) =>
    exchange.askToken(
      {
        form: {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          subject_token_type: type,
          subject_token: await subject.read(options),
          audience,
          scope,
        },
        member: 'access_token',
        lifeSeconds: 'expires_in',
      },
      options,
    )
  return {
    async logIn(options) {
      const token = await federated(options)
      if (!account) return token
      return account.askToken(
        {
          headers: { authorization: `Bearer ${token.value.reveal().toString()}` },
          json: { scope: [scope], lifetime: `${impersonatedSeconds}s` },
          member: 'accessToken',
          lifeSeconds: impersonatedSeconds,
        },
        options,
      )
    },
    identity: () => Promise.resolve(impersonatedBy(impersonation) ?? audience),
    close() {
      subject.close()
      exchange.close()
      account?.close()
    },
  }
}

/** The longest that needs no permission of its own. */
const impersonatedSeconds = 3600

/** `…/serviceAccounts/reader@my-project.iam.gserviceaccount.com:generateAccessToken` */
const impersonatedBy = (url = ''): string | undefined =>
  /\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(url)?.[1]
