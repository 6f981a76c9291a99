import { BackendFailure, type CallOptions } from '../backend.ts'
import type { OutboundConnection } from '../outbound/outbound-connection.ts'
import type { WayOut } from '../outbound/outbound.ts'
import type { AccessToken } from '../access-tokens.ts'
import type { AzureKvConfig } from './azure-config.ts'
import { logInWithSecret } from './client-secret.ts'
import { authorityOf } from './clouds.ts'
import { loadOwnIdentity } from './own-identity.ts'

/** How a provider proves to Azure who it is. */
export interface AzureLogin {
  logIn(options: CallOptions & { readonly resource: string }): Promise<AccessToken>
  close(): void
}

/** As the application that the settings name; without one, as the server itself. */
export async function openLogin(config: AzureKvConfig, outbound: WayOut): Promise<AzureLogin> {
  const { tenantId, clientId, clientSecret, authorityHost } = config
  if (clientId === undefined) {
    const own = await loadOwnIdentity(authorityHost)
    return { logIn: ({ resource }) => own.logIn(resource), close: () => undefined }
  }
  if (tenantId === undefined || clientSecret === undefined) {
    throw new BackendFailure('misconfigured', 'A clientId takes a tenantId and a clientSecret.')
  }
  const connection: OutboundConnection = outbound.connect({
    address: authorityHost ?? authorityOf(new URL(config.vaultUrl).hostname),
    caCertificate: config.caCertificate,
  })
  const client = { tenantId, clientId, clientSecret }
  return {
    logIn: (options) => logInWithSecret(connection, client, options),
    close: () => connection.close(),
  }
}
