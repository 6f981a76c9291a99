import type { TokenFiles } from '../token-files.ts'
import { type Login, roleAndFile } from './login.ts'
import type { ConfigOf } from './vault-config.ts'

/** Logs in with the token of a Kubernetes service account: https://developer.hashicorp.com/vault/api-docs/auth/kubernetes */
export const kubernetesLogin = (config: ConfigOf<'kubernetes'>, files: TokenFiles): Login => ({
  method: 'kubernetes',
  mountPoint: config.mountPoint ?? 'kubernetes',
  body: () => roleAndFile(config, files),
  hint: "Check that the role is bound to the service account and namespace of the API, and that the token's audience is the one that the role asks for.",
})
