import type { TokenCredential } from '@azure/identity'
import { SecretValue } from '../../keyring/secret-value.ts'
import { BackendFailure } from '../backend.ts'
import { loadPackage } from '../load-package.ts'
import type { AccessToken } from '../access-tokens.ts'
import { isCloudAuthority } from './clouds.ts'

/** The identity that the server itself has in Azure. */
export interface OwnIdentity {
  logIn(resource: string): Promise<AccessToken>
}

/**
 * What DefaultAzureCredential finds on a server: an application in the environment, a workload
 * identity, a managed identity. That class itself would go on to whoever is logged in on a developer's
 * machine. This is the SDK's own channel, which has to reach the metadata service that providers may
 * not, so only an admin may make a provider that uses it.
 */
export async function loadOwnIdentity(authorityHost: string | undefined): Promise<OwnIdentity> {
  const identity = await loadPackage('@azure/identity', () => import('@azure/identity'))
  const options = {
    ...(authorityHost !== undefined && {
      authorityHost,
      // It would ask Microsoft about an authority that Microsoft does not know.
      disableInstanceDiscovery: !isCloudAuthority(authorityHost),
    }),
    retryOptions: { maxRetries: 1 },
  }
  // Which of several managed identities: as DefaultAzureCredential does, and these classes do not.
  const { AZURE_CLIENT_ID: clientId } = process.env
  const sources: (() => TokenCredential)[] = [
    () => new identity.EnvironmentCredential(options),
    () => new identity.WorkloadIdentityCredential(options),
    () => new identity.ManagedIdentityCredential({ ...options, ...(clientId && { clientId }) }),
  ]
  const chain = new identity.ChainedTokenCredential(...sources.flatMap(orNone))
  return {
    async logIn(resource) {
      try {
        const { token, expiresOnTimestamp } = await chain.getToken(`${resource}/.default`)
        // The SDK tells the time of day, so this is compared with the time of day.
        return { value: SecretValue.fromText(token), lifeMs: expiresOnTimestamp - Date.now() }
      } catch (error) {
        throw notLoggedIn((error as Error).name)
      }
    },
  }
}

/** Some throw when they are made in a place that has nothing for them. */
function orNone(make: () => TokenCredential): TokenCredential[] {
  try {
    return [make()]
  } catch {
    return []
  }
}

/** The SDK's own messages quote the answers to its logins. */
function notLoggedIn(name: string): BackendFailure {
  const nothing = name === 'AggregateAuthenticationError' || name === 'CredentialUnavailableError'
  return nothing
    ? new BackendFailure('misconfigured', 'The server has no identity in Azure that it can use.', {
        hint: 'Give it a managed or a workload identity, or give the provider a clientId of its own.',
        cause: { name },
      })
    : new BackendFailure('forbidden', "Azure refused the login of the server's own identity.", {
        hint: 'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and what goes with them where the API runs.',
        cause: { name },
      })
}
