import type { Login } from './login.ts'
import type { ConfigOf } from './vault-config.ts'

/** Logs in with a role id and a secret id: https://developer.hashicorp.com/vault/api-docs/auth/approle */
export const approleLogin = ({ roleId, secretId }: ConfigOf<'approle'>): Login => ({
  method: 'approle',
  mountPoint: 'approle',
  body: () => Promise.resolve({ role_id: roleId, secret_id: secretId.reveal().toString('utf8') }),
  hint: 'Check the role id, and that the secret id has not expired or been used up.',
})
