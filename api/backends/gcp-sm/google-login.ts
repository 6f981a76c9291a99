import type { BackendWorld } from '../backend-world.ts'
import { applicationDefault } from './application-default.ts'
import { externalAccount } from './external-account.ts'
import type { GcpSmConfig } from './gcp-config.ts'
import { KeyFile, unusable } from './key-file.ts'
import type { Login } from './login.ts'
import { serviceAccount } from './service-account.ts'

/** How a provider proves to Google who it is: by what its key file says, or as the server itself. Contacts nothing. */
export async function googleLogin(config: GcpSmConfig, world: BackendWorld): Promise<Login> {
  if (config.serviceAccountJson === undefined) return applicationDefault(config.projectId)
  const file = KeyFile.parse(config.serviceAccountJson)
  const options = { ...world, caCertificate: config.caCertificate }
  switch (file.text('type')) {
    case 'service_account':
      return serviceAccount(file, options)
    case 'external_account':
      return externalAccount(file, options)
    default:
      throw unusable('has a `type` that is neither service_account nor external_account')
  }
}
