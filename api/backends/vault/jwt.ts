import type { TokenFiles } from '../token-files.ts'
import { type Login, roleAndFile } from './login.ts'
import type { ConfigOf } from './vault-config.ts'

/** Logs in with a signed JWT: https://developer.hashicorp.com/vault/api-docs/auth/jwt */
export const jwtLogin = (config: ConfigOf<'jwt'>, files: TokenFiles): Login => ({
  method: 'jwt',
  mountPoint: config.mountPoint ?? 'jwt',
  body: () => roleAndFile(config, files),
  hint: 'Check the role, and that its bound claims, audience and issuer are those of the token in the token file.',
})
