import type { BackendWorld } from '../backend-world.ts'
import { approleLogin } from './approle.ts'
import { awsLogin } from './aws.ts'
import { jwtLogin } from './jwt.ts'
import { kubernetesLogin } from './kubernetes.ts'
import { Lease } from './lease.ts'
import type { Login } from './login.ts'
import { tokenAuth } from './token.ts'
import type { VaultAuth } from './vault-auth.ts'
import type { VaultConfig } from './vault-config.ts'
import type { VaultTransport } from './vault-transport.ts'

/** The auth method that the settings name. Nothing is contacted before a token is asked for. */
export function openAuth(
  config: VaultConfig,
  transport: VaultTransport,
  { outbound: { clock }, tokenFiles }: BackendWorld,
): VaultAuth {
  const leased = (login: Login) => new Lease({ login, transport, clock })
  switch (config.authMethod) {
    case 'token':
      return tokenAuth(config)
    case 'approle':
      return leased(approleLogin(config))
    case 'kubernetes':
      return leased(kubernetesLogin(config, tokenFiles))
    case 'jwt':
      return leased(jwtLogin(config, tokenFiles))
    case 'aws':
      return leased(awsLogin(config))
  }
}
